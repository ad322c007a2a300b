package dev.tarn.bench.harness;

import java.io.IOException;

/** One of the two that are compared. */
public interface Side {
    /** Runs a query until the last byte of its result is here, or in the memory of whoever asked for it. */
    void run(String sql) throws BenchmarkException, IOException, InterruptedException;

    RowSet fetch(String sql) throws BenchmarkException, IOException, InterruptedException;

    /** CPU time so far, children included. */
    double cpuSeconds() throws IOException;
}
