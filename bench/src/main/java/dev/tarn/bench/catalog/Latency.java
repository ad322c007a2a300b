package dev.tarn.bench.catalog;

import dev.tarn.bench.harness.BenchmarkException;
import java.io.IOException;
import java.util.Arrays;

/**
 * How long calls took, in milliseconds.
 *
 * @param p50 half of them took no longer
 * @param p99 of a hundred, one took longer
 */
record Latency(double p50, double p99) {
    /** One call; its number tells it from the others. */
    interface Call {
        void run(int number) throws BenchmarkException, IOException, InterruptedException;
    }

    /** One client's calls, one after the other; some before them are not measured. */
    static Latency of(int before, int measured, Call call)
            throws BenchmarkException, IOException, InterruptedException {
        double[] took = new double[measured];
        for (int number = 0; number < before + measured; number++) {
            long start = System.nanoTime();
            call.run(number);
            if (number >= before) {
                took[number - before] = (System.nanoTime() - start) / 1e6;
            }
        }
        return of(took);
    }

    static Latency of(double[] took) {
        double[] sorted = took.clone();
        Arrays.sort(sorted);
        return new Latency(sorted[sorted.length / 2], sorted[(int) (sorted.length * 0.99)]);
    }
}
