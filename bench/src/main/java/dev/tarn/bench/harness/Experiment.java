package dev.tarn.bench.harness;

import java.io.IOException;

/** One benchmark. */
public interface Experiment {
    /**
     * Runs it to its end: figures go into the report, and lines {@code RESULT <name> <number> <unit>} to standard output.
     *
     * @throws BenchmarkException when it cannot run, or when what it measured is not true
     */
    void run(BenchmarkOptions options) throws BenchmarkException, IOException, InterruptedException;
}
