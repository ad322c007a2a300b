package dev.tarn.worker.load;

import dev.tarn.worker.load.ColumnWriter.Bits;
import dev.tarn.worker.load.ColumnWriter.Ints;
import dev.tarn.worker.load.ColumnWriter.Longs;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;

/** The writers of the types. A writer's rule of what a cell means is the same as that of {@link Evidence}. */
final class ColumnWriters {
    private final BufferAllocator allocator;
    private final NumberText number;
    private final TimeText time;
    private final NullWords nulls;

    ColumnWriters(BufferAllocator allocator, Notation notation, NullWords nulls) {
        this.allocator = allocator;
        this.number = notation.number();
        this.time = notation.time();
        this.nulls = nulls;
    }

    /** Of a declared type, a plain date is a timestamp at midnight, and a time without a zone is one in UTC. */
    ColumnWriter of(Column column, String name) {
        ColumnType type = column.known();
        boolean declared = column.isDeclared();
        return switch (type.base()) {
            case NOTHING -> new TextWriter.Nothing(name, allocator, nulls);
            case STRING -> new TextWriter(name, allocator);
            case UUID -> new TextWriter.Uuids(name, allocator);
            case BOOLEAN -> booleans(name);
            case INTEGER -> integers(name);
            case BIGINT -> bigints(name);
            case DECIMAL ->
                new DecimalWriter(new DecimalVector(name, allocator, type.precision(), type.scale()), number);
            case FLOAT -> floats(name);
            case DOUBLE -> new Doubles(new Float8Vector(name, allocator), number, declared);
            case DATE -> dates(name);
            case TIME -> times(name);
            case TIMESTAMP -> timestamps(name, declared);
            case TIMESTAMPTZ -> zoned(name, declared);
        };
    }

    private ColumnWriter booleans(String name) {
        return new Bits(new BitVector(name, allocator)) {
            @Override
            boolean write(int row, byte[] bytes, int start, int end) {
                return Evidence.isBoolean(bytes, start, end) && set(row, end - start == 4);
            }
        };
    }

    private ColumnWriter integers(String name) {
        return new Ints(new IntVector(name, allocator)) {
            @Override
            boolean write(int row, byte[] bytes, int start, int end) {
                return number.read(bytes, start, end) == NumberText.Form.INTEGER
                        && number.isSmall()
                        && number.small() == (int) number.small()
                        && set(row, (int) number.small());
            }
        };
    }

    private ColumnWriter bigints(String name) {
        return new Longs(new BigIntVector(name, allocator)) {
            @Override
            boolean write(int row, byte[] bytes, int start, int end) {
                return number.read(bytes, start, end) == NumberText.Form.INTEGER
                        && number.fitsLong()
                        && set(
                                row,
                                number.isSmall()
                                        ? number.small()
                                        : number.integer().longValueExact());
            }
        };
    }

    private ColumnWriter floats(String name) {
        return new Ints(new Float4Vector(name, allocator)) {
            @Override
            boolean write(int row, byte[] bytes, int start, int end) {
                NumberText.Form form = number.read(bytes, start, end);
                return form != NumberText.Form.NONE
                        && number.survivesAsFloat(form)
                        && set(row, Float.floatToRawIntBits(number.floatOf(form)));
            }
        };
    }

    private ColumnWriter dates(String name) {
        return new Ints(new DateDayVector(name, allocator)) {
            @Override
            boolean write(int row, byte[] bytes, int start, int end) {
                return time.read(bytes, start, end) == TimeText.Form.DATE && set(row, time.epochDay());
            }
        };
    }

    private ColumnWriter times(String name) {
        return new Longs(new TimeMicroVector(name, allocator)) {
            @Override
            boolean write(int row, byte[] bytes, int start, int end) {
                return time.read(bytes, start, end) == TimeText.Form.TIME && set(row, time.micros());
            }
        };
    }

    private ColumnWriter timestamps(String name, boolean declared) {
        return new Longs(new TimeStampMicroVector(name, allocator)) {
            @Override
            boolean write(int row, byte[] bytes, int start, int end) {
                TimeText.Form form = time.read(bytes, start, end);
                boolean fits = form == TimeText.Form.TIMESTAMP || (declared && form == TimeText.Form.DATE);
                return fits && set(row, time.micros());
            }
        };
    }

    private ColumnWriter zoned(String name, boolean declared) {
        return new Longs(new TimeStampMicroTZVector(name, allocator, "UTC")) {
            @Override
            boolean write(int row, byte[] bytes, int start, int end) {
                TimeText.Form form = time.read(bytes, start, end);
                boolean unzoned = form == TimeText.Form.TIMESTAMP || form == TimeText.Form.DATE;
                boolean fits = form == TimeText.Form.TIMESTAMPTZ || (declared && unzoned);
                return fits && set(row, time.micros());
            }
        };
    }

    /** Found out from the file, the column as a whole must also stay within 38 digits: see {@link Evidence}. */
    private static final class Doubles extends Longs {
        private final NumberText number;
        private final boolean declared;
        private int integerDigits;
        private int scale;

        Doubles(Float8Vector vector, NumberText number, boolean declared) {
            super(vector);
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
            return set(row, Double.doubleToRawLongBits(number.doubleOf(form)));
        }
    }
}
