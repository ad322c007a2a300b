package dev.tarn.api;

import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.Defaults;
import dev.tarn.engine.ParameterValue;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.sql.StatementRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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
     * @param parameters an object of parameter values, see {@link #parameters}
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
        BoundStatement bound = new BoundStatement(statement, parameters(parameters), Defaults.of(catalog, schema));
        return new StatementRequest(id, contract.text(), bound, timeout, new Cancellation());
    }

    /**
     * Values of parameters: a text, number, truth value or null, or {@code {"type": "DATE", "value": "2024-01-31"}}.
     *
     * @throws TarnException {@code INVALID_REQUEST} naming the one that is none of these
     */
    private static Map<String, ParameterValue> parameters(@Nullable JsonNode object) {
        Map<String, ParameterValue> values = new LinkedHashMap<>();
        if (object == null || object.isNull()) {
            return values;
        }
        if (!object.isObject()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "The field parameters must be an object of names and values");
        }
        object.forEachEntry((name, value) -> values.put(name, value(name, value)));
        return values;
    }

    private static ParameterValue value(String name, JsonNode value) {
        if (value.isObject()
                && value.size() == 2
                && value.path("type").isString()
                && value.path("value").isValueNode()) {
            JsonNode text = value.get("value");
            return new ParameterValue(value.get("type").stringValue(), text.isNull() ? null : text.asString());
        }
        if (value.isNull()) {
            return ParameterValue.ofText(null);
        }
        if (value.isString()) {
            return ParameterValue.ofText(value.stringValue());
        }
        if (value.isBoolean()) {
            return ParameterValue.ofBoolean(value.booleanValue());
        }
        if (value.isNumber()) {
            return ParameterValue.ofNumber(value.decimalValue());
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The parameter %s must be a text, a number, true, false, null or an object of type and value"
                        .formatted(name));
    }
}
