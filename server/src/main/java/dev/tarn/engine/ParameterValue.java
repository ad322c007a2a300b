package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The value of one parameter of a statement.
 *
 * @param type Tarn's name of a type without parts; a text without a type compares with dates and numbers as a literal does
 * @param text as a literal of the type has it; null is NULL
 */
public record ParameterValue(String type, @Nullable String text) {
    private static final Set<String> TYPES = Set.of(
            "BOOLEAN",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "STRING",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMPTZ",
            "UUID");
    private static final int LONGEST_DECIMAL = 38;

    public ParameterValue {
        type = type.strip().toUpperCase(Locale.ROOT);
        if (!TYPES.contains(type) && !type.startsWith("DECIMAL(")) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A parameter cannot be of type %s; there are %s and DECIMAL(p,s)"
                            .formatted(
                                    type,
                                    String.join(", ", TYPES.stream().sorted().toList())));
        }
    }

    public static ParameterValue ofText(@Nullable String text) {
        return new ParameterValue("STRING", text);
    }

    public static ParameterValue ofBoolean(boolean value) {
        return new ParameterValue("BOOLEAN", Boolean.toString(value));
    }

    /** A whole number is BIGINT, or DECIMAL where that is too small; digits after a point make it DECIMAL. */
    public static ParameterValue ofNumber(BigDecimal number) {
        if (number.scale() <= 0) {
            BigInteger whole = number.toBigInteger();
            return whole.bitLength() < Long.SIZE
                    ? new ParameterValue("BIGINT", whole.toString())
                    : wide(new BigDecimal(whole));
        }
        return wide(number);
    }

    private static ParameterValue wide(BigDecimal number) {
        int scale = Math.max(0, number.scale());
        int precision = Math.max(number.precision(), scale + 1);
        return precision > LONGEST_DECIMAL
                ? new ParameterValue("DOUBLE", Double.toString(number.doubleValue()))
                : new ParameterValue("DECIMAL(" + precision + "," + scale + ")", number.toPlainString());
    }

    /**
     * Values of parameters: a text, number, truth value or null, or {@code {"type": "DATE", "value": "2024-01-31"}}.
     *
     * @throws TarnException {@code INVALID_REQUEST} naming the one that is none of these
     */
    public static Map<String, ParameterValue> all(@Nullable JsonNode object) {
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
            return ofText(null);
        }
        if (value.isString()) {
            return ofText(value.stringValue());
        }
        if (value.isBoolean()) {
            return ofBoolean(value.booleanValue());
        }
        if (value.isNumber()) {
            return ofNumber(value.decimalValue());
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The parameter %s must be a text, a number, true, false, null or an object of type and value"
                        .formatted(name));
    }

    Parameter bound() {
        return new Parameter(
                switch (type) {
                    case "STRING" -> "VARCHAR";
                    case "INT" -> "INTEGER";
                    case "TIMESTAMPTZ" -> "TIMESTAMP WITH TIME ZONE";
                    default -> type;
                },
                text);
    }
}
