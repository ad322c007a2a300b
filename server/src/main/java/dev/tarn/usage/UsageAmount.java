package dev.tarn.usage;

/**
 * How much was used.
 *
 * @param calls of any contract
 * @param bytesScanned compressed bytes that statements read from tables
 * @param bytesLoaded of files as they were sent
 * @param jobMs of loads and other work in the background
 * @param modelTokens of language models
 */
public record UsageAmount(
        long calls, long statements, long bytesScanned, long bytesLoaded, long jobMs, long modelTokens) {
    /** Nothing at all. */
    public static final UsageAmount NONE = new UsageAmount(0, 0, 0, 0, 0, 0);

    static UsageAmount ofCalls(long calls) {
        return new UsageAmount(calls, 0, 0, 0, 0, 0);
    }

    UsageAmount plus(UsageAmount other) {
        return new UsageAmount(
                calls + other.calls,
                statements + other.statements,
                bytesScanned + other.bytesScanned,
                bytesLoaded + other.bytesLoaded,
                jobMs + other.jobMs,
                modelTokens + other.modelTokens);
    }
}
