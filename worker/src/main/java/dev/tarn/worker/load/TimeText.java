package dev.tarn.worker.load;

import dev.tarn.worker.protocol.FileOptions.DateOrder;
import org.jspecify.annotations.Nullable;

/**
 * What a cell says as a date or time, years 1 to 9999, at most microseconds: ISO 8601, dates also with slashes or points between
 * their numbers, and, when the order of these is known, dates that end in the year. One object is used again for every cell.
 */
final class TimeText {
    enum Form {
        NONE,
        DATE,
        TIME,
        TIMESTAMP,
        TIMESTAMPTZ
    }

    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long MICROS_AN_HOUR = 3_600 * MICROS_A_SECOND;
    private static final long MICROS_A_DAY = 86_400 * MICROS_A_SECOND;
    private static final long FIRST_DAY = epochDay(1, 1, 1);
    private static final long LAST_DAY = epochDay(9999, 12, 31);
    private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final @Nullable DateOrder order;
    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private long day;
    private long micros;
    private boolean decisive;

    /** {@code order} of dates that do not begin with the year; null: those are none. */
    TimeText(@Nullable DateOrder order) {
        this.order = order == DateOrder.YMD ? null : order;
    }

    Form read(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        day = 0;
        micros = 0;
        decisive = false;
        int length = to - from;
        if (length < 8) {
            return Form.NONE;
        }
        if (source[from + 2] == ':') {
            return readTime(true) && at == end ? Form.TIME : Form.NONE;
        }
        boolean yearFirst = isDigit(source[from + 1]) && isDigit(source[from + 2]) && isDigit(source[from + 3]);
        if (yearFirst ? length < 10 || !readDate() : order == null || !readOrderedDate(order)) {
            return Form.NONE;
        }
        if (at == end) {
            return Form.DATE;
        }
        byte separator = bytes[at++];
        if (separator == ',' && !yearFirst && taken(' ')) {
            separator = ' ';
        }
        if ((separator != 'T' && separator != ' ') || !readTime(yearFirst)) {
            return Form.NONE;
        }
        if (!yearFirst && at < end && !readHalf()) {
            return Form.NONE;
        }
        return at == end ? Form.TIMESTAMP : readZone() ? Form.TIMESTAMPTZ : Form.NONE;
    }

    /** Whether the last date can be read in one order alone. */
    boolean isDecisive() {
        return decisive;
    }

    /** Days since 1970-01-01 of a date. */
    int epochDay() {
        return (int) day;
    }

    /** Microseconds since 1970-01-01T00:00 (UTC for a zoned one), or since midnight for a time. */
    long micros() {
        return day * MICROS_A_DAY + micros;
    }

    /** At least ten bytes are there. */
    private boolean readDate() {
        byte[] b = bytes;
        int i = at;
        byte separator = b[i + 4];
        if ((separator != '-' && separator != '/' && separator != '.') || b[i + 7] != separator) {
            return false;
        }
        int year = twoDigits(i) * 100 + twoDigits(i + 2);
        int month = twoDigits(i + 5);
        int dayOfMonth = twoDigits(i + 8);
        at = i + 10;
        // Each is far below zero when one of its characters is no digit.
        return year >= 1 && setDay(year, month, dayOfMonth);
    }

    private boolean readOrderedDate(DateOrder known) {
        int first = oneOrTwoDigits();
        byte separator = at < end ? bytes[at++] : 0;
        int second = oneOrTwoDigits();
        if ((separator != '-' && separator != '/' && separator != '.')
                || first < 1
                || second < 1
                || !taken((char) separator)
                || end - at < 4) {
            return false;
        }
        int year = twoDigits(at) * 100 + twoDigits(at + 2);
        at += 4;
        int dayOfMonth = known == DateOrder.DMY ? first : second;
        decisive = dayOfMonth > 12;
        return year >= 1 && setDay(year, known == DateOrder.DMY ? second : first, dayOfMonth);
    }

    private boolean setDay(int year, int month, int dayOfMonth) {
        if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysIn(year, month)) {
            return false;
        }
        day = epochDay(year, month, dayOfMonth);
        return true;
    }

    private int twoDigits(int i) {
        int tens = bytes[i] - '0';
        int ones = bytes[i + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100_000 : tens * 10 + ones;
    }

    private int oneOrTwoDigits() {
        if (at >= end || !isDigit(bytes[at])) {
            return -1;
        }
        int value = bytes[at++] - '0';
        return at < end && isDigit(bytes[at]) ? value * 10 + (bytes[at++] - '0') : value;
    }

    /** {@code seconds}: they must be there, and the hour has two digits. */
    private boolean readTime(boolean seconds) {
        int hour = seconds ? number(2) : oneOrTwoDigits();
        boolean ok = hour >= 0 && hour <= 23 && taken(':');
        int minute = number(2);
        ok = ok && minute >= 0 && minute <= 59;
        if (ok && !seconds && (at == end || bytes[at] != ':')) {
            micros = (hour * 60L + minute) * 60 * MICROS_A_SECOND;
            return true;
        }
        ok = ok && taken(':');
        int second = number(2);
        if (!ok || second < 0 || second > 59) {
            return false;
        }
        micros = ((hour * 60L + minute) * 60 + second) * MICROS_A_SECOND;
        return at == end || bytes[at] != '.' || readFraction();
    }

    /** The half of the day, AM or PM after a blank; true too when what follows is none of them. */
    private boolean readHalf() {
        if (end - at != 3 || bytes[at] != ' ' || (bytes[at + 2] | 0x20) != 'm') {
            return true;
        }
        int half = bytes[at + 1] | 0x20;
        long hour = micros / MICROS_AN_HOUR;
        if ((half != 'a' && half != 'p') || hour < 1 || hour > 12) {
            return false;
        }
        micros += ((half == 'p' ? 12 : 0) + (hour == 12 ? -12 : 0)) * MICROS_AN_HOUR;
        at = end;
        return true;
    }

    /** Digits beyond microseconds must be zeros: nothing is rounded away. */
    private boolean readFraction() {
        int first = ++at;
        long unit = MICROS_A_SECOND / 10;
        for (; at < end && isDigit(bytes[at]); at++) {
            int digit = bytes[at] - '0';
            if (unit == 0 && digit > 0) {
                return false;
            }
            micros += digit * unit;
            unit /= 10;
        }
        return at > first;
    }

    /** {@code Z}, {@code +hh}, {@code +hhmm} or {@code +hh:mm}, after at most one blank. */
    private boolean readZone() {
        if (bytes[at] == ' ' && at + 1 < end) {
            at++;
        }
        byte sign = bytes[at++];
        if (sign == 'Z' || sign == 'z') {
            return at == end;
        }
        if (sign != '+' && sign != '-') {
            return false;
        }
        int hours = number(2);
        int minutes = 0;
        if (at < end) {
            if (bytes[at] == ':') {
                at++;
            }
            minutes = number(2);
        }
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || at != end) {
            return false;
        }
        long offset = (hours * 60L + minutes) * 60 * MICROS_A_SECOND;
        micros -= sign == '-' ? -offset : offset;
        long dayInUtc = Math.floorDiv(micros(), MICROS_A_DAY);
        return dayInUtc >= FIRST_DAY && dayInUtc <= LAST_DAY;
    }

    private boolean taken(char c) {
        return at < end && bytes[at++] == c;
    }

    /** The next {@code count} digits; -1 when they are not there. */
    private int number(int count) {
        if (end - at < count) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (!isDigit(bytes[at])) {
                return -1;
            }
            value = value * 10 + (bytes[at++] - '0');
        }
        return value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static int daysIn(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : MONTH_DAYS[month - 1];
    }

    /** Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
    private static long epochDay(int year, int month, int dayOfMonth) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }
}
