package dev.tarn.worker.load;

import dev.tarn.worker.load.ColumnType.Base;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one column in every open notation. Most columns read the same in all of them, so that a notation gets an
 * evidence of its own only with the first cell that may read differently.
 */
final class ColumnEvidence {
    private static final int POINT = 1;
    private static final int COMMA = 2;
    private static final int LONGEST_NUMBER = 64;

    private final Readings readings;
    private final Evidence base;
    private @Nullable Evidence comma;
    private @Nullable Evidence grouped;
    private @Nullable Evidence dayFirst;
    private @Nullable Evidence monthFirst;
    private boolean decisiveComma;
    private boolean decisivePoint;
    private boolean hasGroups;
    private boolean decisiveDay;
    private boolean decisiveMonth;

    ColumnEvidence(Readings readings, boolean declared) {
        this(readings, new Evidence(readings.base().number(), readings.base().time(), declared));
    }

    private ColumnEvidence(Readings readings, Evidence base) {
        this.readings = readings;
        this.base = base;
    }

    ColumnEvidence copy() {
        ColumnEvidence copy = new ColumnEvidence(readings, base.copy());
        copy.comma = comma == null ? null : comma.copy();
        copy.grouped = grouped == null ? null : grouped.copy();
        copy.dayFirst = dayFirst == null ? null : dayFirst.copy();
        copy.monthFirst = monthFirst == null ? null : monthFirst.copy();
        copy.decisiveComma = decisiveComma;
        copy.decisivePoint = decisivePoint;
        copy.hasGroups = hasGroups;
        copy.decisiveDay = decisiveDay;
        copy.decisiveMonth = decisiveMonth;
        return copy;
    }

    /** A cell that means some value. */
    void add(byte[] bytes, int start, int end) {
        if (readings.comma() != null || readings.grouped() != null) {
            addNumber(bytes, start, end);
        }
        if (readings.dayFirst() != null && readings.monthFirst() != null) {
            addDate(readings.dayFirst(), readings.monthFirst(), bytes, start, end);
        }
        base.add(bytes, start, end);
    }

    private void addNumber(byte[] bytes, int start, int end) {
        if (base.isText() && comma == null && grouped == null) {
            return;
        }
        int separators = separators(bytes, start, end);
        if (separators != 0) {
            if (readings.comma() != null && comma == null && !base.isText()) {
                comma = base.copy(readings.comma().number(), readings.comma().time());
            }
            if (readings.grouped() != null && grouped == null && !base.isText() && (separators & COMMA) != 0) {
                grouped = base.copy(
                        readings.grouped().number(), readings.grouped().time());
            }
            decide(bytes, start, end);
        }
        if (comma != null) {
            comma.add(bytes, start, end);
        }
        if (grouped != null && readings.grouped() != null) {
            hasGroups |= (separators & COMMA) != 0 && isNumber(readings.grouped(), bytes, start, end);
            grouped.add(bytes, start, end);
        }
    }

    private void decide(byte[] bytes, int start, int end) {
        if (readings.comma() != null && !(decisiveComma && decisivePoint)) {
            boolean withComma = isNumber(readings.comma(), bytes, start, end);
            boolean withPoint =
                    isNumber(readings.grouped() != null ? readings.grouped() : readings.base(), bytes, start, end);
            decisiveComma |= withComma && !withPoint;
            decisivePoint |= withPoint && !withComma;
        } else if (readings.comma() == null) {
            decisivePoint = true;
        }
    }

    private static boolean isNumber(Readings.Reading reading, byte[] bytes, int start, int end) {
        return reading.number().read(bytes, start, end) != NumberText.Form.NONE;
    }

    private void addDate(Readings.Reading day, Readings.Reading month, byte[] bytes, int start, int end) {
        if (dayFirst == null && !base.isText() && mayBeDate(bytes, start, end)) {
            dayFirst = base.copy(day.number(), day.time());
            monthFirst = base.copy(month.number(), month.time());
        }
        if (dayFirst != null && monthFirst != null) {
            if (!dayFirst.isText()) {
                decisiveDay |= day.time().read(bytes, start, end) != TimeText.Form.NONE
                        && day.time().isDecisive();
                dayFirst.add(bytes, start, end);
            }
            if (!monthFirst.isText()) {
                decisiveMonth |= month.time().read(bytes, start, end) != TimeText.Form.NONE
                        && month.time().isDecisive();
                monthFirst.add(bytes, start, end);
            }
        }
    }

    private static int separators(byte[] bytes, int start, int end) {
        int found = 0;
        if (end - start <= LONGEST_NUMBER) {
            for (int i = start; i < end; i++) {
                found |= bytes[i] == '.' ? POINT : bytes[i] == ',' ? COMMA : 0;
            }
        }
        return found;
    }

    /** One or two digits, a separator, one or two digits, the same separator. */
    private static boolean mayBeDate(byte[] bytes, int start, int end) {
        if (end - start < 8) {
            return false;
        }
        int first = start + 1 + (isDigit(bytes[start + 1]) ? 1 : 0);
        byte separator = bytes[first];
        int second = first + 2 + (isDigit(bytes[first + 2]) ? 1 : 0);
        return isDigit(bytes[start])
                && (separator == '/' || separator == '.' || separator == '-')
                && bytes[second] == separator;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Whether the column is one of numbers with a decimal comma, and of nothing else. */
    boolean needsComma() {
        return decisiveComma && comma != null && comma.isNumeric();
    }

    /** Whether the column is one of numbers with a decimal point, and of nothing else. */
    boolean needsPoint() {
        return decisivePoint && (base.isNumeric() || (grouped != null && grouped.isNumeric()));
    }

    /** Whether the column is one of numbers only when commas stand between thousands. */
    boolean hasGroups() {
        return hasGroups && grouped != null && grouped.isNumeric();
    }

    boolean needsDayFirst() {
        return decisiveDay && dayFirst != null && dayFirst.isTemporal();
    }

    boolean needsMonthFirst() {
        return decisiveMonth && monthFirst != null && monthFirst.isTemporal();
    }

    /** The evidence under a notation that was chosen. */
    Evidence under(Notation notation) {
        Evidence numbers = base;
        if (comma != null && readings.comma() != null && readings.comma().hasNumbersOf(notation)) {
            numbers = comma;
        } else if (grouped != null
                && readings.grouped() != null
                && readings.grouped().hasNumbersOf(notation)) {
            numbers = grouped;
        }
        if (numbers.isText() && dayFirst != null && notation.dateOrder() != null && monthFirst != null) {
            return switch (notation.dateOrder()) {
                case DMY -> dayFirst;
                case MDY -> monthFirst;
                case YMD -> numbers;
            };
        }
        return numbers;
    }

    ColumnType type(Notation notation) {
        return under(notation).type();
    }

    /** Whether the column is text only because the notation of its numbers is not decided. */
    boolean hasOpenNumbers(Notation notation) {
        return type(notation).base() == Base.STRING
                && ((comma != null && comma.isNumeric()) || (grouped != null && grouped.isNumeric()));
    }

    /** Whether the column is text only because the order of its dates is not decided. */
    boolean hasOpenDates(Notation notation) {
        return type(notation).base() == Base.STRING
                && ((dayFirst != null && dayFirst.isTemporal()) || (monthFirst != null && monthFirst.isTemporal()));
    }
}
