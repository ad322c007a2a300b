package dev.tarn.worker.export;

import java.io.IOException;
import java.time.LocalDate;

/** Numbers, dates and times as text, without an object a value. */
final class Digits {
    private static final long SECOND_MICROS = 1_000_000;
    private static final long DAY_MICROS = 86_400 * SECOND_MICROS;
    /** 0000-01-01 and 9999-12-31 in days since 1970: beyond these ISO 8601 needs a sign. */
    private static final int FIRST_PLAIN_DAY = -719_528;

    private static final int LAST_PLAIN_DAY = 2_932_896;

    private final ByteTarget out;
    private final byte[] digits = new byte[20];

    Digits(ByteTarget out) {
        this.out = out;
    }

    void integer(long value) throws IOException {
        if (value == Long.MIN_VALUE) {
            out.put(Long.toString(value));
            return;
        }
        if (value < 0) {
            out.put('-');
        }
        long rest = Math.abs(value);
        int at = digits.length;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        out.put(digits, at, digits.length - at);
    }

    void date(int days) throws IOException {
        if (days == Integer.MAX_VALUE || days == -Integer.MAX_VALUE) {
            out.put(days > 0 ? "infinity" : "-infinity");
        } else if (days < FIRST_PLAIN_DAY || days > LAST_PLAIN_DAY) {
            out.put(LocalDate.ofEpochDay(days).toString());
        } else {
            plainDate(days);
        }
    }

    /** Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days; years 0 to 9999. */
    private void plainDate(int days) throws IOException {
        int shifted = days + 719_468 + 146_097;
        int era = shifted / 146_097;
        int dayOfEra = shifted - era * 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int month = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * month + 2) / 5 + 1;
        int year = yearOfEra + (era - 1) * 400 + (month >= 10 ? 1 : 0);
        fixed(year, 4);
        out.put('-');
        fixed(month < 10 ? month + 3 : month - 9, 2);
        out.put('-');
        fixed(day, 2);
    }

    /** {@code 24:00:00} is a time too. */
    void time(long micros) throws IOException {
        long seconds = micros / SECOND_MICROS;
        fixed((int) (seconds / 3600), 2);
        out.put(':');
        fixed((int) (seconds / 60 % 60), 2);
        out.put(':');
        fixed((int) (seconds % 60), 2);
        int fraction = (int) (micros % SECOND_MICROS);
        if (fraction > 0) {
            int places = 6;
            while (fraction % 10 == 0) {
                fraction /= 10;
                places--;
            }
            out.put('.');
            fixed(fraction, places);
        }
    }

    void timestamp(long micros, boolean zoned) throws IOException {
        if (micros == Long.MAX_VALUE || micros == -Long.MAX_VALUE) {
            out.put(micros > 0 ? "infinity" : "-infinity");
            return;
        }
        date((int) Math.floorDiv(micros, DAY_MICROS));
        out.put('T');
        time(Math.floorMod(micros, DAY_MICROS));
        if (zoned) {
            out.put('Z');
        }
    }

    private void fixed(int value, int places) throws IOException {
        int rest = value;
        for (int i = places - 1; i >= 0; i--) {
            digits[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        out.put(digits, 0, places);
    }
}
