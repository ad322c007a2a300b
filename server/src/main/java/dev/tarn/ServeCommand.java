package dev.tarn;

import dev.tarn.platform.TarnException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command line of the server process. A flag wins over its {@code TARN_*} variable, that over {@code tarn.yaml} in the home
 * folder, that over the default.
 */
@Command(
        name = "serve",
        description = "Starts the server and serves until it is told to stop.",
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 143 stopped by SIGTERM, 130 by Ctrl-C, 1 failed, 2 wrong usage, 5 the port or the home folder is in use.",
            "Every setting can also stand in HOME/tarn.yaml or in a TARN_* variable."
        })
final class ServeCommand implements Callable<Integer> {
    static final int SERVES = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int IN_USE = 5;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:TARN_HOME:-.tarn}",
            description = "Folder of metadata, local warehouse and logs (TARN_HOME; default .tarn).")
    private Path home = Path.of(".tarn");

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on (TARN_HOST; default 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (TARN_PORT; default 8080).")
    private @Nullable Integer port;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "JDBC URL of the metadata database (TARN_DATABASE_URL; default SQLite in the home folder).")
    private @Nullable String databaseUrl;

    @Option(
            names = "--warehouse",
            paramLabel = "W",
            defaultValue = "${env:TARN_WAREHOUSE}",
            description = "Where tables lie (TARN_WAREHOUSE; default HOME/warehouse).")
    private @Nullable String warehouse;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The launcher may or may not pass the command's name on. */
    static String[] withoutName(String[] arguments) {
        boolean named = arguments.length > 0 && arguments[0].equals("serve");
        return named ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    }

    @Override
    public Integer call() {
        try {
            ServerProcess.start(home, settings());
            return SERVES;
        } catch (RuntimeException e) {
            return explain(e);
        }
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>();
        add(settings, "tarn.host", host);
        add(settings, "tarn.port", port);
        add(settings, "tarn.database-url", databaseUrl);
        add(settings, "tarn.storage.warehouse", warehouse);
        return settings;
    }

    private static void add(List<String> settings, String name, @Nullable Object value) {
        if (value != null) {
            settings.add("--" + name + "=" + value);
        }
    }

    /** One sentence for the person at the terminal; the whole story goes to the log. */
    private int explain(RuntimeException failure) {
        Throwable told = failure;
        while (!(told instanceof TarnException) && told.getCause() != null) {
            told = told.getCause();
        }
        String message = told.getMessage() == null ? told.toString() : told.getMessage();
        if (told instanceof TarnException known) {
            spec.commandLine().getErr().println("tarn: " + message);
            return switch (known.code()) {
                case CONFLICT -> IN_USE;
                case INVALID_REQUEST -> USAGE;
                default -> FAILED;
            };
        }
        LoggerFactory.getLogger(ServeCommand.class).error("The server does not start", failure);
        spec.commandLine()
                .getErr()
                .println("tarn: The server does not start: %s; the whole story is in %s"
                        .formatted(message.lines().findFirst().orElse(""), home.resolve("logs/tarn.log")));
        return FAILED;
    }
}
