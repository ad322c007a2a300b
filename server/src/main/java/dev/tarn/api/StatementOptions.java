package dev.tarn.api;

import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Defaults;
import dev.tarn.engine.ParameterValue;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.StatementRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What every contract that runs SQL lets a request say, and the answer when it says it wrongly. */
public final class StatementOptions {
    private StatementOptions() {}

    /**
     * A request for the core.
     *
     * @param contract through which API it came
     * @param parameters an object of parameter values, see {@link ParameterValue#all}
     * @param timeoutMs whole milliseconds; the default when null
     */
    public static StatementRequest request(
            Optional<UUID> id,
            Contract contract,
            @Nullable String statement,
            @Nullable JsonNode parameters,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable Long timeoutMs) {
        if (statement == null) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "The field statement is missing: it holds the SQL to run");
        }
        Duration timeout = timeoutMs == null ? StatementRequest.DEFAULT_TIMEOUT : Duration.ofMillis(timeoutMs);
        BoundStatement bound =
                new BoundStatement(statement, ParameterValue.all(parameters), Defaults.of(catalog, schema));
        return new StatementRequest(id, contract.text(), bound, timeout, new Cancellation());
    }
}
