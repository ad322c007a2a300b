package dev.tarn.sql;

import dev.tarn.engine.KeptResult;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * A statement that was submitted.
 *
 * @param status queued, running, completed, failed or cancelled
 * @param elapsedMs from its arrival to its end, or to now
 * @param progress how far it is while it runs, 0 to 1, when that is known
 * @param bytesScanned once it has completed
 * @param failure why it failed or was cancelled
 * @param result once it has completed
 */
public record SubmittedStatement(
        UUID id,
        String status,
        long elapsedMs,
        OptionalDouble progress,
        long bytesScanned,
        Optional<TarnException> failure,
        Optional<KeptResult> result) {}
