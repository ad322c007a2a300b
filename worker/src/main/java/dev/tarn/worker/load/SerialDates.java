package dev.tarn.worker.load;

import dev.tarn.worker.load.NumberFormats.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A workbook's numbers as texts. Dates are days since the end of 1899, or since 1904-01-01 in workbooks of old Macs; a day 60, the
 * 29th of February 1900 that Lotus 1-2-3 believed in, has no date and stays the text that Excel shows.
 */
final class SerialDates {
    private static final LocalDate BEFORE_LOTUS = LocalDate.of(1899, 12, 31);
    private static final LocalDate AFTER_LOTUS = LocalDate.of(1899, 12, 30);
    private static final LocalDate MAC = LocalDate.of(1904, 1, 1);
    private static final int LOTUS_DAY = 60;
    /** 9999-12-31. */
    private static final int LAST_DAY = 2_958_465;

    private static final long MILLIS_A_DAY = 86_400_000;

    private final boolean since1904;

    SerialDates(boolean since1904) {
        this.since1904 = since1904;
    }

    /** {@code value}: a number as the file has it. */
    String text(String value, Kind kind) {
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return value;
        }
        boolean isDay = number >= 0 && number < LAST_DAY + 1.0;
        return switch (kind) {
            case NUMBER -> number(value, number);
            case ELAPSED -> isDay ? elapsed(number) : number(value, number);
            case TIME ->
                isDay && number < 1
                        ? moment(number, false, true)
                        : isDay ? moment(number, true, true) : number(value, number);
            case DATE -> isDay ? moment(number, true, number != Math.rint(number)) : number(value, number);
            case DATE_TIME -> isDay ? moment(number, true, true) : number(value, number);
        };
    }

    /** Without the digits that only a double has, and without an exponent as far as people do without. */
    private static String number(String value, double number) {
        if (value.length() <= 16 && value.indexOf('E') < 0 && value.indexOf('e') < 0) {
            return value;
        }
        if (Math.abs(number) >= 1e21 || (number != 0 && Math.abs(number) < 1e-15)) {
            return Double.toString(number);
        }
        String plain = new BigDecimal(Double.toString(number)).toPlainString();
        return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
    }

    private String moment(double number, boolean withDay, boolean withTime) {
        long millis = Math.round(number * MILLIS_A_DAY);
        long day = millis / MILLIS_A_DAY;
        long ofDay = millis % MILLIS_A_DAY;
        if (!withDay) {
            return day > 0 ? "23:59:59.999" : time(ofDay);
        }
        return withTime ? date(day) + ' ' + time(ofDay) : date(day);
    }

    private String date(long day) {
        if (since1904) {
            return MAC.plusDays(day).toString();
        }
        if (day == LOTUS_DAY) {
            return "1900-02-29";
        }
        return (day < LOTUS_DAY ? BEFORE_LOTUS : AFTER_LOTUS).plusDays(day).toString();
    }

    private static String elapsed(double number) {
        long millis = Math.round(number * MILLIS_A_DAY);
        long hours = millis / 3_600_000;
        return hours < 24
                ? time(millis)
                : String.format(Locale.ROOT, "%d:%02d:%02d", hours, millis / 60_000 % 60, millis / 1_000 % 60);
    }

    private static String time(long millis) {
        String seconds = String.format(
                Locale.ROOT, "%02d:%02d:%02d", millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60);
        return millis % 1_000 == 0 ? seconds : seconds + String.format(Locale.ROOT, ".%03d", millis % 1_000);
    }
}
