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

    private boolean text;
    private boolean booleans;
    private boolean exactNumbers;
    private boolean doubles;
    private boolean fitsLong = true;
    private boolean survivesAsDouble = true;
    private int integerDigits;
    private int scale;
    private TimeText.Form times = TimeText.Form.NONE;

    Evidence(NumberText number, TimeText time) {
        this.number = number;
        this.time = time;
    }

    /** An empty cell, quoted or not, says nothing of the type. */
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
        survivesAsDouble &= number.survivesAsDouble(form);
        if (form == NumberText.Form.INTEGER || form == NumberText.Form.DECIMAL) {
            exactNumbers = true;
            integerDigits = Math.max(integerDigits, number.integerDigits());
            scale = Math.max(scale, number.scale());
            fitsLong &= form == NumberText.Form.DECIMAL || number.fitsLong();
        } else {
            doubles = true;
        }
    }

    private void addTime(TimeText.Form form) {
        if (form == TimeText.Form.NONE || (times != TimeText.Form.NONE && times != form)) {
            text = true;
        } else {
            times = form;
        }
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
