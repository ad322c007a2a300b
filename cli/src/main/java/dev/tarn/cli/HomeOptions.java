package dev.tarn.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of commands that work in a home folder itself and not through a server. */
final class HomeOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The server's home folder. Otherwise TARN_HOME, then .tarn beside the launcher.")
    private @Nullable Path home;

    @Option(names = "--json", description = "Print JSON, errors too (one line on standard error).")
    boolean json;

    Path home(Terminal terminal) {
        return chosen(home, terminal);
    }

    static Path chosen(@Nullable Path option, Terminal terminal) {
        if (option != null) {
            return option.toAbsolutePath().normalize();
        }
        String variable = terminal.variable("TARN_HOME");
        return variable != null
                ? Path.of(variable).toAbsolutePath().normalize()
                : terminal.root().resolve(".tarn");
    }
}
