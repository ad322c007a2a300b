package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * What a cell says as a number. Only forms that no value loses count: no plus sign, no leading zeros, groups of three digits only
 * where the notation has them, and then all of them. One object is used again for every cell.
 */
final class NumberText {
    enum Form {
        NONE,
        INTEGER,
        DECIMAL,
        EXPONENT,
        /** NaN and the infinities. */
        WORD
    }

    /** A double keeps any decimal number of so many digits. */
    static final int DOUBLE_DIGITS = 15;

    private static final int FLOAT_DIGITS = 6;

    /** The shortest text that means a double, and a float, has at most so many. */
    private static final int SHORTEST_DOUBLE_DIGITS = 17;

    private static final int SHORTEST_FLOAT_DIGITS = 9;

    private static final int LONG_DIGITS = 18;
    private static final double[] EXACT_POWERS = exactPowers();

    private final byte point;
    private final byte[] thousands;

    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private boolean negative;
    private long small;
    private int digits;
    private int significantDigits;
    private int integerDigits;
    private int scale;
    private double special;
    private boolean grouped;
    private int groupDigits;

    /** {@code thousands}: UTF-8 of what stands between groups of three digits; empty for nothing. */
    NumberText(byte point, byte[] thousands) {
        this.point = point;
        this.thousands = thousands.clone();
    }

    Form read(byte[] source, int from, int to) {
        bytes = source;
        start = from;
        end = to;
        negative = from < to && source[from] == '-';
        int i = negative ? from + 1 : from;
        if (i == to) {
            return Form.NONE;
        }
        if (source[i] != point && !isDigit(source[i])) {
            return word(i);
        }
        small = 0;
        digits = 0;
        significantDigits = 0;
        int first = i;
        i = readDigits(i);
        int whole = i - first;
        grouped = false;
        if (i < to && isSeparator(i) && whole <= 3) {
            i = readGroups(i);
            whole += groupDigits;
        }
        if (whole > 1 && source[first] == '0') {
            return Form.NONE;
        }
        integerDigits = whole == 1 && source[first] == '0' ? 0 : whole;
        scale = 0;
        if (i < to && source[i] == point) {
            int fraction = i + 1;
            i = readDigits(fraction);
            scale = i - fraction;
            if (scale == 0) {
                return Form.NONE;
            }
        }
        if (i == to) {
            return scale > 0 ? Form.DECIMAL : Form.INTEGER;
        }
        return whole > 0 && isExponent(i) ? Form.EXPONENT : Form.NONE;
    }

    /** Groups of exactly three digits; stops before what is none. */
    private int readGroups(int from) {
        int i = from;
        groupDigits = 0;
        while (i < end && isSeparator(i)) {
            int group = i + thousands.length;
            if (!isGroup(group)) {
                return i;
            }
            i = readDigits(group);
            groupDigits += 3;
            grouped = true;
        }
        return i;
    }

    private boolean isSeparator(int at) {
        if (thousands.length == 0 || bytes[at] != thousands[0]) {
            return false;
        }
        return thousands.length == 1
                || Arrays.equals(bytes, at, Math.min(end, at + thousands.length), thousands, 0, thousands.length);
    }

    private boolean isGroup(int at) {
        return end - at >= 3
                && isDigit(bytes[at])
                && isDigit(bytes[at + 1])
                && isDigit(bytes[at + 2])
                && (end - at == 3 || !isDigit(bytes[at + 3]));
    }

    /** Whether the number has separators of thousands. */
    boolean isGrouped() {
        return grouped;
    }

    private int readDigits(int from) {
        int i = from;
        for (; i < end && isDigit(bytes[i]); i++) {
            int digit = bytes[i] - '0';
            if (digits > 0 || digit > 0) {
                digits++;
                if (digit > 0) {
                    significantDigits = digits;
                }
                if (digits <= LONG_DIGITS) {
                    small = small * 10 + digit;
                }
            }
        }
        return i;
    }

    private boolean isExponent(int from) {
        if (bytes[from] != 'e' && bytes[from] != 'E') {
            return false;
        }
        int i = from + 1;
        if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        int first = i;
        while (i < end && isDigit(bytes[i])) {
            i++;
        }
        return i == end && i > first && i - first <= 4;
    }

    private Form word(int from) {
        int length = end - from;
        if (matches(from, length, "nan") && !negative) {
            special = Double.NaN;
        } else if (matches(from, length, "inf") || matches(from, length, "infinity")) {
            special = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        } else {
            return Form.NONE;
        }
        return Form.WORD;
    }

    private boolean matches(int from, int length, String word) {
        return equalsIgnoreCase(bytes, from, from + length, word);
    }

    static boolean equalsIgnoreCase(byte[] bytes, int start, int end, String lowerCase) {
        if (end - start != lowerCase.length()) {
            return false;
        }
        for (int i = start; i < end; i++) {
            int c = bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] + 32 : bytes[i];
            if (c != lowerCase.charAt(i - start)) {
                return false;
            }
        }
        return true;
    }

    /** Digits before the point, without a lone zero. */
    int integerDigits() {
        return integerDigits;
    }

    /** Digits after the point, trailing zeros included. */
    int scale() {
        return scale;
    }

    int significantDigits() {
        return significantDigits;
    }

    /** Whether {@link #small} holds all digits. */
    boolean isSmall() {
        return digits <= LONG_DIGITS;
    }

    /** The digits without point as a signed integer. */
    long small() {
        return negative ? -small : small;
    }

    BigDecimal decimal() {
        return new BigDecimal(text());
    }

    boolean fitsLong() {
        return isSmall() || (digits == LONG_DIGITS + 1 && integer().bitLength() < Long.SIZE);
    }

    BigInteger integer() {
        return new BigInteger(text());
    }

    /** The nearest double of a {@link Form#INTEGER}, {@link Form#DECIMAL}, {@link Form#EXPONENT}; the value of a word. */
    double doubleOf(Form form) {
        if (form == Form.WORD) {
            return special;
        }
        if (form != Form.EXPONENT && digits <= DOUBLE_DIGITS && scale < EXACT_POWERS.length) {
            // Both operands are exact, so the quotient is rounded correctly.
            double value = small / EXACT_POWERS[scale];
            return negative ? -value : value;
        }
        return Double.parseDouble(text());
    }

    /** Whether a double keeps the number: it prints back as the same one. */
    boolean survivesAsDouble(Form form) {
        if (form == Form.WORD || significantDigits == 0) {
            return true;
        }
        double value = doubleOf(form);
        if (Math.abs(value) < Double.MIN_NORMAL || Math.abs(value) > Double.MAX_VALUE) {
            return false;
        }
        return significantDigits <= DOUBLE_DIGITS
                || (significantDigits <= SHORTEST_DOUBLE_DIGITS && isWrittenAs(Double.toString(value)));
    }

    /** The shortest text that means a double is what programs write for it, and it comes back the same. */
    private boolean isWrittenAs(String shortest) {
        return new BigDecimal(text()).compareTo(new BigDecimal(shortest)) == 0;
    }

    float floatOf(Form form) {
        return form == Form.WORD ? (float) special : Float.parseFloat(text());
    }

    /** Whether a float keeps the number: it keeps any decimal number of six digits. */
    boolean survivesAsFloat(Form form) {
        if (form == Form.WORD || significantDigits == 0) {
            return true;
        }
        float value = floatOf(form);
        if (Math.abs(value) < Float.MIN_NORMAL || Math.abs(value) > Float.MAX_VALUE) {
            return false;
        }
        return significantDigits <= FLOAT_DIGITS
                || (significantDigits <= SHORTEST_FLOAT_DIGITS && isWrittenAs(Float.toString(value)));
    }

    /** With a point and without groups, as Java reads it. */
    private String text() {
        String text = new String(bytes, start, end - start, ISO_8859_1);
        if (grouped) {
            text = text.replace(new String(thousands, ISO_8859_1), "");
        }
        return point == '.' ? text : text.replace((char) point, '.');
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static double[] exactPowers() {
        double[] powers = new double[23];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
