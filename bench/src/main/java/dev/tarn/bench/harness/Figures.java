package dev.tarn.bench.harness;

import java.util.Arrays;
import java.util.Locale;

/** Numbers of benchmarks, and the lines that machines read. */
public final class Figures {
    private Figures() {}

    public static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@code RESULT <name> <number> <unit>} on standard output. */
    public static void result(String name, double number, String unit) {
        System.out.println("RESULT " + name + " " + String.format(Locale.ROOT, "%.3f", number) + " " + unit);
    }

    /** A line about what goes on, for whoever waits; standard output is for results. */
    public static void say(String line) {
        System.err.println(line);
    }
}
