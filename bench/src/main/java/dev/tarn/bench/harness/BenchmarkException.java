package dev.tarn.bench.harness;

/** Why a benchmark gives no figures, in words for whoever started it. */
public final class BenchmarkException extends Exception {
    private static final long serialVersionUID = 1L;

    public BenchmarkException(String message) {
        super(message);
    }
}
