package dev.tarn.worker.load;

import dev.tarn.worker.load.ColumnType.Base;

/**
 * What the cells of one column have in common, in any order. {@link #type} is the narrowest type that keeps all of them. A cell is
 * accepted by a writer of a type exactly when adding it to the evidence would not change the type; that is what makes the one pass
 * with a guess equal to a profile of the whole file.
 */
final class Evidence {
    private final NumberText number;
    private final TimeText time;
    /** The type is given: what is none of it is a fault of its row and says nothing of the others. */
    private final boolean declared;

    private boolean text;
    private boolean booleans;
    private boolean exactNumbers;
    private boolean doubles;
    private boolean fitsInteger = true;
    private boolean fitsLong = true;
    private boolean survivesAsDouble = true;
    private boolean needsDouble;
    private int integerDigits;
    private int scale;
    private TimeText.Form times = TimeText.Form.NONE;

    Evidence(Notation notation) {
        this(notation.number(), notation.time(), false);
    }

    Evidence(NumberText number, TimeText time, boolean declared) {
        this.number = number;
        this.time = time;
        this.declared = declared;
    }

    /** The same evidence, to go on in another notation: none of the cells so far reads differently in it. */
    Evidence copy(NumberText otherNumber, TimeText otherTime) {
        Evidence copy = new Evidence(otherNumber, otherTime, declared);
        copy.text = text;
        copy.booleans = booleans;
        copy.exactNumbers = exactNumbers;
        copy.doubles = doubles;
        copy.fitsInteger = fitsInteger;
        copy.fitsLong = fitsLong;
        copy.survivesAsDouble = survivesAsDouble;
        copy.needsDouble = needsDouble;
        copy.integerDigits = integerDigits;
        copy.scale = scale;
        copy.times = times;
        return copy;
    }

    /** What this and the other say together, of numbers. */
    Evidence with(Evidence other) {
        Evidence both = copy();
        both.text |= other.text;
        both.booleans |= other.booleans;
        both.exactNumbers |= other.exactNumbers;
        both.doubles |= other.doubles;
        both.fitsInteger &= other.fitsInteger;
        both.fitsLong &= other.fitsLong;
        both.survivesAsDouble &= other.survivesAsDouble;
        both.needsDouble |= other.needsDouble;
        both.integerDigits = Math.max(integerDigits, other.integerDigits);
        both.scale = Math.max(scale, other.scale);
        return both;
    }

    Evidence copy() {
        return copy(number, time);
    }

    /** Whether some cell is no value of any other type, or cells are of types that have nothing in common. */
    boolean isText() {
        return text;
    }

    /** A cell that means no value, and an empty one, quoted or not, says nothing of the type. */
    void add(byte[] bytes, int start, int end) {
        if (text || start == end) {
            return;
        }
        NumberText.Form form = number.read(bytes, start, end);
        if (form != NumberText.Form.NONE) {
            addNumber(form);
        } else if (isBoolean(bytes, start, end)) {
            booleans = true;
        } else {
            addTime(time.read(bytes, start, end));
        }
    }

    static boolean isBoolean(byte[] bytes, int start, int end) {
        return NumberText.equalsIgnoreCase(bytes, start, end, "true")
                || NumberText.equalsIgnoreCase(bytes, start, end, "false");
    }

    private void addNumber(NumberText.Form form) {
        boolean survives = number.survivesAsDouble(form);
        survivesAsDouble &= survives;
        if (declared && survives && !needsDouble) {
            needsDouble = !number.survivesAsFloat(form);
        }
        if (form == NumberText.Form.INTEGER || form == NumberText.Form.DECIMAL) {
            exactNumbers = true;
            integerDigits = Math.max(integerDigits, number.integerDigits());
            scale = Math.max(scale, number.scale());
            if (form == NumberText.Form.INTEGER) {
                addInteger();
            }
        } else {
            doubles = true;
        }
    }

    private void addInteger() {
        boolean inLong = number.fitsLong();
        fitsLong &= inLong;
        if (inLong && !(number.isSmall() && number.small() == (int) number.small())) {
            fitsInteger = false;
        }
    }

    /** The type of a table's column, as much wider as Iceberg's rules allow and these cells need. */
    ColumnType widened(ColumnType type) {
        return switch (type.base()) {
            case INTEGER -> fitsInteger ? type : ColumnType.of(Base.BIGINT);
            case FLOAT -> needsDouble ? ColumnType.of(Base.DOUBLE) : type;
            case DECIMAL ->
                ColumnType.decimal(
                        Math.clamp(integerDigits + type.scale(), type.precision(), ColumnType.MAX_PRECISION),
                        type.scale());
            default -> type;
        };
    }

    private void addTime(TimeText.Form form) {
        if (declared) {
            times = form == TimeText.Form.NONE ? times : form;
        } else if (form == TimeText.Form.NONE || (times != TimeText.Form.NONE && times != form)) {
            text = true;
        } else {
            times = form;
        }
    }

    boolean isNumeric() {
        return declared
                ? exactNumbers || doubles
                : switch (type().base()) {
                    case BIGINT, DECIMAL, DOUBLE -> true;
                    default -> false;
                };
    }

    boolean isTemporal() {
        return declared
                ? times != TimeText.Form.NONE
                : switch (type().base()) {
                    case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
                    default -> false;
                };
    }

    ColumnType type() {
        int families = (booleans ? 1 : 0) + (exactNumbers || doubles ? 1 : 0) + (times == TimeText.Form.NONE ? 0 : 1);
        if (text || families > 1) {
            return ColumnType.of(Base.STRING);
        }
        if (booleans) {
            return ColumnType.of(Base.BOOLEAN);
        }
        if (doubles) {
            return ColumnType.of(
                    survivesAsDouble && integerDigits + scale <= ColumnType.MAX_PRECISION ? Base.DOUBLE : Base.STRING);
        }
        if (exactNumbers) {
            return exactType();
        }
        return ColumnType.of(
                switch (times) {
                    case NONE -> Base.NOTHING;
                    case DATE -> Base.DATE;
                    case TIME -> Base.TIME;
                    case TIMESTAMP -> Base.TIMESTAMP;
                    case TIMESTAMPTZ -> Base.TIMESTAMPTZ;
                });
    }

    private ColumnType exactType() {
        if (scale == 0 && fitsLong) {
            return ColumnType.of(Base.BIGINT);
        }
        int precision = integerDigits + scale;
        if (precision > ColumnType.MAX_PRECISION) {
            return ColumnType.of(Base.STRING);
        }
        // Integers beyond 64 bits are wide whatever their count of digits.
        boolean small = precision <= ColumnType.SMALL_PRECISION;
        return ColumnType.decimal(small ? ColumnType.SMALL_PRECISION : ColumnType.MAX_PRECISION, scale);
    }
}
