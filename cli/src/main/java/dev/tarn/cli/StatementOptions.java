package dev.tarn.cli;

import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.statement.ParameterOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a statement is to be run: its parameters, its namespace, its time. */
final class StatementOptions {
    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "The value of :NAME in the statements; NAME:TYPE=VALUE when its type matters. Repeatable.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--schema", paramLabel = "NAME", description = "The namespace of tables named without one.")
    private @Nullable String schema;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Give up after this long; the server's default is 60.")
    private @Nullable Double timeoutSeconds;

    /** The values of the parameters by their names. */
    Map<String, Object> values() throws CommandException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String text : parameters) {
            try {
                ParameterOption parameter = ParameterOption.parse(text);
                values.put(parameter.name(), parameter.value());
            } catch (IllegalArgumentException e) {
                throw new CommandException(ExitCode.USAGE, FailureText.sentence(e));
            }
        }
        return values;
    }

    StatementRunner runner(TarnClient client) throws CommandException {
        return new StatementRunner(client, schema, timeoutSeconds, values());
    }
}
