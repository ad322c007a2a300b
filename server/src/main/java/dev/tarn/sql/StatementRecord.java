package dev.tarn.sql;

import dev.tarn.engine.Reading;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One statement of the history.
 *
 * @param contract through which API it came
 * @param statement its text, cut at 100,000 characters
 * @param end how it ended; empty while it runs
 */
public record StatementRecord(
        UUID id,
        UUID tenantId,
        UUID userId,
        String userName,
        UUID workspaceId,
        String contract,
        String statement,
        State state,
        Instant startedAt,
        Optional<End> end) {

    /** Where a statement stands. */
    public enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED;

        /** The state as it is stored and shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How a statement ended.
     *
     * @param elapsedMs from arrival, waiting included
     * @param rowCount rows of the result, when there is one
     * @param reading what it read
     * @param errorCode and {@code errorDetail}: what was wrong, when it failed
     */
    public record End(
            Instant at,
            long elapsedMs,
            Optional<Long> rowCount,
            Reading reading,
            Optional<String> errorCode,
            Optional<String> errorDetail) {}

    StatementRecord ended(State how, End when) {
        return new StatementRecord(
                id, tenantId, userId, userName, workspaceId, contract, statement, how, startedAt, Optional.of(when));
    }

    StatementKey key() {
        return new StatementKey(tenantId, userId, id);
    }
}
