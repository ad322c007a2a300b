package dev.tarn.engine;

import java.util.Map;

/**
 * A statement as somebody wants it to run.
 *
 * @param sql one statement; {@code :name} is a parameter
 * @param parameters a value for each parameter, by its name
 * @param defaults where names without a namespace are looked up
 */
public record BoundStatement(String sql, Map<String, ParameterValue> parameters, Defaults defaults) {
    public BoundStatement {
        parameters = Map.copyOf(parameters);
    }

    /** A statement without parameters. */
    public static BoundStatement of(String sql, Defaults defaults) {
        return new BoundStatement(sql, Map.of(), defaults);
    }
}
