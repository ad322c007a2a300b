package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Parameter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values for {@code $1}, {@code $2}, ... of a statement. DuckDB takes a bound text as it takes a quoted literal: compared with a
 * date or a number it becomes one. Every other type is what it says; a value that it would round is refused.
 */
final class Parameters {
    private Parameters() {}

    static void bind(PreparedStatement statement, List<Parameter> parameters, Instance instance)
            throws TaskFailedException, SQLException {
        int wanted = statement.getParameterMetaData().getParameterCount();
        if (wanted != parameters.size()) {
            throw new TaskFailedException(Failure.of(
                    Kind.BINDING,
                    "The statement has " + wanted + " parameters, and " + parameters.size() + " values were given"));
        }
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, value(parameters.get(i), i + 1, instance));
        }
    }

    private static @Nullable Object value(Parameter parameter, int number, Instance instance)
            throws TaskFailedException {
        String text = parameter.value();
        if (text == null) {
            return null;
        }
        String type = parameter.type().toUpperCase(Locale.ROOT);
        try {
            return switch (type.indexOf('(') < 0 ? type : type.substring(0, type.indexOf('('))) {
                case "VARCHAR" -> text;
                case "BOOLEAN" -> typed(text, type, Boolean.class, instance);
                case "TINYINT" -> new BigDecimal(text).byteValueExact();
                case "SMALLINT" -> new BigDecimal(text).shortValueExact();
                case "INTEGER" -> new BigDecimal(text).intValueExact();
                case "BIGINT" -> new BigDecimal(text).longValueExact();
                case "HUGEINT" -> new BigDecimal(text).toBigIntegerExact();
                case "DECIMAL" -> decimal(text, type);
                case "FLOAT" -> typed(text, type, Float.class, instance);
                case "DOUBLE" -> typed(text, type, Double.class, instance);
                case "DATE" -> typed(text, type, LocalDate.class, instance);
                case "TIME" -> typed(text, type, LocalTime.class, instance);
                case "TIMESTAMP" -> typed(text, type, LocalDateTime.class, instance);
                case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ" ->
                    typed(text, "TIMESTAMPTZ", OffsetDateTime.class, instance);
                case "UUID" -> UUID.fromString(text);
                default ->
                    throw new TaskFailedException(Failure.of(
                            Kind.BINDING, "A parameter cannot be of type " + type + "; cast a text in the statement"));
            };
        } catch (ArithmeticException | IllegalArgumentException | SQLException e) {
            throw new TaskFailedException(
                    new Failure(
                            Kind.TYPE,
                            "'" + text + "', the value of parameter $" + number + ", is no " + type,
                            -1,
                            -1,
                            null,
                            text),
                    e);
        }
    }

    /** {@code DECIMAL} alone is as wide as the value is. */
    private static BigDecimal decimal(String text, String type) {
        BigDecimal value = new BigDecimal(text);
        int comma = type.indexOf(',');
        if (comma > 0) {
            int precision = Integer.parseInt(
                    type.substring(type.indexOf('(') + 1, comma).strip());
            int scale = Integer.parseInt(
                    type.substring(comma + 1, type.indexOf(')')).strip());
            value = value.setScale(scale, RoundingMode.UNNECESSARY);
            if (value.precision() > precision) {
                throw new ArithmeticException("too many digits");
            }
        } else if (value.scale() < 0) {
            value = value.setScale(0, RoundingMode.UNNECESSARY);
        }
        if (Math.max(value.precision(), value.scale()) > 38) {
            throw new ArithmeticException("too many digits");
        }
        return value;
    }

    /** By the engine's own reading of a text. */
    private static <T> T typed(String text, String type, Class<T> javaType, Instance instance) throws SQLException {
        try (PreparedStatement cast = instance.connection().prepareStatement("SELECT CAST($1 AS " + type + ")")) {
            cast.setString(1, text);
            try (ResultSet rows = cast.executeQuery()) {
                rows.next();
                return rows.getObject(1, javaType);
            }
        }
    }
}
