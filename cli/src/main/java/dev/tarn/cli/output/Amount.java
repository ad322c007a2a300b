package dev.tarn.cli.output;

import java.util.Locale;

/** Quantities as people read them. */
public final class Amount {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Amount() {}

    /** Decimal units: 1 kB is 1,000 bytes. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1_000;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, amount < 10 ? "%.1f %s" : "%.0f %s", amount, UNITS[unit]);
    }

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** "1 row", "2 rows". */
    public static String rows(long rows) {
        return count(rows) + (rows == 1 ? " row" : " rows");
    }
}
