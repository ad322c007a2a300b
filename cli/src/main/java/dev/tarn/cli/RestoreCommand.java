package dev.tarn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Restore a backup into a new home folder, every row checked, all of it or nothing; then name the tables"
                        + " whose files are gone.",
        footer = {
            "",
            "Examples:",
            "  tarn restore tarn.backup --check",
            "  tarn restore tarn.backup --home /srv/new --passphrase-file /root/tarn.passphrase",
            "  tarn restore tarn.backup --home /srv/new --database-url 'jdbc:postgresql://db/tarn?user=tarn'"
        })
final class RestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private Passphrase passphrase = new Passphrase();

    @Parameters(index = "0", paramLabel = "FILE", description = "The backup.")
    private Path file = Path.of("");

    @Option(names = "--home", paramLabel = "DIR", description = "The new home folder; it must be empty or not there.")
    private @Nullable Path home;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "An empty PostgreSQL database; SQLite in the new home unless given.")
    private @Nullable String databaseUrl;

    @Option(names = "--check", description = "Only read and check the backup.")
    private boolean check;

    @Option(names = "--json", description = "Print JSON, errors too (one line on standard error).")
    private boolean json;

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (home == null && !check) {
            throw new CommandException(ExitCode.USAGE, "Name the new home folder with --home, or say --check.");
        }
        Path chosen = home == null ? Path.of("unused") : home;
        List<String> arguments = new ArrayList<>(List.of(
                "restore",
                file.toAbsolutePath().normalize().toString(),
                "--home",
                chosen.toAbsolutePath().normalize().toString()));
        if (databaseUrl != null) {
            arguments.addAll(List.of("--database-url", databaseUrl));
        }
        if (check) {
            arguments.add("--check");
        }
        if (json) {
            arguments.add("--json");
        }
        return OperatorProcess.run(terminal, arguments, passphrase.read(terminal, false));
    }
}
