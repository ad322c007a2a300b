package dev.tarn.bench.tpch;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of two engines as text. */
final class Cell {
    /** Sums of floating point numbers depend on the order in which threads add. */
    private static final double TOLERANCE = 1e-9;

    private Cell() {}

    /** Whether two texts are the same value; exactly, unless the column is floating point. */
    static boolean same(@Nullable String one, @Nullable String other, boolean floating) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        if (one.equals(other)) {
            return true;
        }
        Optional<BigDecimal> first = number(one);
        Optional<BigDecimal> second = number(other);
        if (first.isEmpty() || second.isEmpty()) {
            return false;
        }
        return floating
                ? close(first.get().doubleValue(), second.get().doubleValue())
                : first.get().compareTo(second.get()) == 0;
    }

    private static boolean close(double one, double other) {
        return Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
    }

    /** One spelling for equal values, so that rows can be sorted. */
    static String canonical(@Nullable String text) {
        return text == null
                ? "null"
                : number(text)
                        .map(number -> number.stripTrailingZeros().toPlainString())
                        .orElse("'" + text);
    }

    /** A floating point value for sorting; anything else sorts first. */
    static double magnitude(@Nullable String text) {
        return text == null
                ? Double.NEGATIVE_INFINITY
                : number(text).map(BigDecimal::doubleValue).orElse(Double.NaN);
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
