package dev.tarn.sql;

import dev.tarn.engine.QueryResult;
import java.util.UUID;

/**
 * A statement that completed.
 *
 * @param id the statement
 * @param result its rows; closed with the outcome
 * @param elapsedMs from arrival to the last row, in milliseconds
 */
public record StatementOutcome(UUID id, QueryResult result, long elapsedMs) implements AutoCloseable {
    @Override
    public void close() {
        result.close();
    }
}
