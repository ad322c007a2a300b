package dev.tarn.usage;

/**
 * One use of the server, other than the call that asked for it.
 *
 * @param amount what it took
 * @param elapsedMs how long it took; the time of a job is in the amount too
 */
public record Use(UsageKind kind, UsageAmount amount, long elapsedMs) {
    /**
     * A statement.
     *
     * @param bytesScanned compressed bytes read from tables
     */
    public static Use statement(long bytesScanned, long elapsedMs) {
        return new Use(UsageKind.STATEMENT, new UsageAmount(0, 1, bytesScanned, 0, 0, 0), elapsedMs);
    }

    /**
     * A load.
     *
     * @param bytesLoaded of the files as they were sent
     */
    public static Use load(long bytesLoaded, long elapsedMs) {
        return new Use(UsageKind.LOAD, new UsageAmount(0, 0, 0, bytesLoaded, elapsedMs, 0), elapsedMs);
    }

    /** Work in the background. */
    public static Use job(long elapsedMs) {
        return new Use(UsageKind.JOB, new UsageAmount(0, 0, 0, 0, elapsedMs, 0), elapsedMs);
    }

    /**
     * A question to a language model.
     *
     * @param tokens of question and answer together
     */
    public static Use model(long tokens, long elapsedMs) {
        return new Use(UsageKind.MODEL, new UsageAmount(0, 0, 0, 0, 0, tokens), elapsedMs);
    }
}
