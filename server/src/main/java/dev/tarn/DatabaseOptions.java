package dev.tarn;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of commands that work on a home folder and its database themselves, whether a server serves them or not. */
final class DatabaseOptions {
    @Option(names = "--home", required = true, paramLabel = "DIR")
    private Path home = Path.of(".tarn");

    @Option(names = "--database-url", paramLabel = "URL")
    private @Nullable String databaseUrl;

    Path home() {
        return home;
    }

    /** As given, else null: the home's own settings say it. */
    @Nullable
    String databaseUrl() {
        return databaseUrl;
    }
}
