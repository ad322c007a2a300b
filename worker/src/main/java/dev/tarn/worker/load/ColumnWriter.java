package dev.tarn.worker.load;

import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;

/** Puts cells into one column of a batch; a cell that the type cannot keep without loss is refused. */
abstract class ColumnWriter {
    private final FieldVector vector;

    ColumnWriter(FieldVector vector) {
        this.vector = vector;
    }

    FieldVector vector() {
        return vector;
    }

    /** A fresh batch: the buffers of the one before may still be read by DuckDB. */
    void start(int rows) {
        if (vector instanceof BaseFixedWidthVector fixed) {
            fixed.allocateNew(rows);
        } else {
            vector.setInitialCapacity(rows);
            vector.allocateNew();
        }
    }

    /** False when the cell is no value of the type. */
    abstract boolean write(int row, byte[] bytes, int start, int end);

    /** Whether a quoted empty cell is a value; elsewhere it is none, as an unquoted one. */
    boolean keepsEmpty() {
        return false;
    }

    /**
     * A writer for a column of {@code type}.
     *
     * @param declared the type is a table's, not found out from this file: then a plain date is a timestamp at midnight, and a
     *     time without a zone is one in UTC
     */
    static ColumnWriter of(
            ColumnType type,
            String name,
            BufferAllocator allocator,
            NumberText number,
            TimeText time,
            boolean declared) {
        return switch (type.base()) {
            case NOTHING -> new Nothing(name, allocator);
            case STRING -> new Text(name, allocator);
            case UUID -> new Uuids(name, allocator);
            case BOOLEAN -> booleans(new BitVector(name, allocator));
            case INTEGER -> integers(new IntVector(name, allocator), number);
            case BIGINT -> bigints(new BigIntVector(name, allocator), number);
            case DECIMAL -> new Decimals(new DecimalVector(name, allocator, type.precision(), type.scale()), number);
            case FLOAT -> floats(new Float4Vector(name, allocator), number);
            case DOUBLE -> new Doubles(new Float8Vector(name, allocator), number, declared);
            case DATE -> dates(new DateDayVector(name, allocator), time);
            case TIME -> times(new TimeMicroVector(name, allocator), time);
            case TIMESTAMP -> timestamps(new TimeStampMicroVector(name, allocator), time, declared);
            case TIMESTAMPTZ -> zoned(new TimeStampMicroTZVector(name, allocator, "UTC"), time, declared);
        };
    }

    private interface Cell {
        boolean write(int row, byte[] bytes, int start, int end);
    }

    private static ColumnWriter of(FieldVector vector, Cell cell) {
        return new ColumnWriter(vector) {
            @Override
            boolean write(int row, byte[] bytes, int start, int end) {
                return cell.write(row, bytes, start, end);
            }
        };
    }

    private static ColumnWriter booleans(BitVector vector) {
        return of(vector, (row, bytes, start, end) -> {
            if (!Evidence.isBoolean(bytes, start, end)) {
                return false;
            }
            vector.set(row, end - start == 4 ? 1 : 0);
            return true;
        });
    }

    private static ColumnWriter integers(IntVector vector, NumberText number) {
        return of(vector, (row, bytes, start, end) -> {
            if (number.read(bytes, start, end) != NumberText.Form.INTEGER
                    || !number.isSmall()
                    || number.small() != (int) number.small()) {
                return false;
            }
            vector.set(row, (int) number.small());
            return true;
        });
    }

    private static ColumnWriter bigints(BigIntVector vector, NumberText number) {
        return of(vector, (row, bytes, start, end) -> {
            if (number.read(bytes, start, end) != NumberText.Form.INTEGER || !number.fitsLong()) {
                return false;
            }
            vector.set(row, number.isSmall() ? number.small() : number.integer().longValueExact());
            return true;
        });
    }

    private static ColumnWriter floats(Float4Vector vector, NumberText number) {
        return of(vector, (row, bytes, start, end) -> {
            NumberText.Form form = number.read(bytes, start, end);
            if (form == NumberText.Form.NONE || !number.survivesAsFloat(form)) {
                return false;
            }
            vector.set(row, number.floatOf(form));
            return true;
        });
    }

    private static ColumnWriter dates(DateDayVector vector, TimeText time) {
        return of(vector, (row, bytes, start, end) -> {
            if (time.read(bytes, start, end) != TimeText.Form.DATE) {
                return false;
            }
            vector.set(row, time.epochDay());
            return true;
        });
    }

    private static ColumnWriter times(TimeMicroVector vector, TimeText time) {
        return of(vector, (row, bytes, start, end) -> {
            if (time.read(bytes, start, end) != TimeText.Form.TIME) {
                return false;
            }
            vector.set(row, time.micros());
            return true;
        });
    }

    private static ColumnWriter timestamps(TimeStampMicroVector vector, TimeText time, boolean declared) {
        return of(vector, (row, bytes, start, end) -> {
            TimeText.Form form = time.read(bytes, start, end);
            if (form != TimeText.Form.TIMESTAMP && !(declared && form == TimeText.Form.DATE)) {
                return false;
            }
            vector.set(row, time.micros());
            return true;
        });
    }

    private static ColumnWriter zoned(TimeStampMicroTZVector vector, TimeText time, boolean declared) {
        return of(vector, (row, bytes, start, end) -> {
            TimeText.Form form = time.read(bytes, start, end);
            boolean unzoned = form == TimeText.Form.TIMESTAMP || form == TimeText.Form.DATE;
            if (form != TimeText.Form.TIMESTAMPTZ && !(declared && unzoned)) {
                return false;
            }
            vector.set(row, time.micros());
            return true;
        });
    }

    private static class Text extends ColumnWriter {
        private final VarCharVector vector;

        Text(String name, BufferAllocator allocator) {
            this(new VarCharVector(name, allocator));
        }

        private Text(VarCharVector vector) {
            super(vector);
            this.vector = vector;
        }

        @Override
        boolean write(int row, byte[] bytes, int start, int end) {
            vector.setSafe(row, bytes, start, end - start);
            return true;
        }

        @Override
        boolean keepsEmpty() {
            return true;
        }
    }

    /** The sample had no value: the first one means that the guess was none. */
    private static final class Nothing extends Text {
        Nothing(String name, BufferAllocator allocator) {
            super(name, allocator);
        }

        @Override
        boolean write(int row, byte[] bytes, int start, int end) {
            return start == end && super.write(row, bytes, start, end);
        }
    }

    private static final class Uuids extends Text {
        Uuids(String name, BufferAllocator allocator) {
            super(name, allocator);
        }

        @Override
        boolean write(int row, byte[] bytes, int start, int end) {
            String text = Faults.shown(bytes, start, end);
            try {
                return text.length() == 36
                        && UUID.fromString(text).toString().equalsIgnoreCase(text)
                        && super.write(row, bytes, start, end);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        boolean keepsEmpty() {
            return false;
        }
    }

    private static final class Decimals extends ColumnWriter {
        private static final long[] POWERS = powers();

        private final DecimalVector vector;
        private final NumberText number;
        private final int scale;
        private final int integerDigits;

        Decimals(DecimalVector vector, NumberText number) {
            super(vector);
            this.vector = vector;
            this.number = number;
            this.scale = vector.getScale();
            this.integerDigits = vector.getPrecision() - scale;
        }

        @Override
        boolean write(int row, byte[] bytes, int start, int end) {
            NumberText.Form form = number.read(bytes, start, end);
            if ((form != NumberText.Form.INTEGER && form != NumberText.Form.DECIMAL)
                    || number.scale() > scale
                    || number.integerDigits() > integerDigits) {
                return false;
            }
            int shift = scale - number.scale();
            if (number.integerDigits() + scale <= ColumnType.SMALL_PRECISION) {
                vector.set(row, number.small() * POWERS[shift]);
            } else {
                vector.set(row, number.decimal().setScale(scale));
            }
            return true;
        }

        private static long[] powers() {
            long[] powers = new long[ColumnType.SMALL_PRECISION + 1];
            powers[0] = 1;
            for (int i = 1; i < powers.length; i++) {
                powers[i] = powers[i - 1] * 10;
            }
            return powers;
        }
    }

    /** Found out from the file, the column as a whole must also stay within 38 digits: see {@link Evidence}. */
    private static final class Doubles extends ColumnWriter {
        private final Float8Vector vector;
        private final NumberText number;
        private final boolean declared;
        private int integerDigits;
        private int scale;

        Doubles(Float8Vector vector, NumberText number, boolean declared) {
            super(vector);
            this.vector = vector;
            this.number = number;
            this.declared = declared;
        }

        @Override
        boolean write(int row, byte[] bytes, int start, int end) {
            NumberText.Form form = number.read(bytes, start, end);
            if (form == NumberText.Form.NONE || !number.survivesAsDouble(form)) {
                return false;
            }
            if (form == NumberText.Form.INTEGER || form == NumberText.Form.DECIMAL) {
                integerDigits = Math.max(integerDigits, number.integerDigits());
                scale = Math.max(scale, number.scale());
            }
            if (!declared && integerDigits + scale > ColumnType.MAX_PRECISION) {
                return false;
            }
            vector.set(row, number.doubleOf(form));
            return true;
        }
    }
}
