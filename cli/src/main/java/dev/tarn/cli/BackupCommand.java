package dev.tarn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Write metadata (users, keys, rights, table pointers, history, ...) and secrets into one file under a"
                        + " passphrase. A server may serve meanwhile. The tables' own files are not in it: copy the warehouse too.",
        footer = {
            "",
            "Examples:",
            "  tarn backup --output tarn.backup",
            "  tarn backup --output /mnt/tarn.backup --replace --passphrase-file /root/tarn.passphrase",
        })
final class BackupCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private HomeOptions options = new HomeOptions();

    @Mixin
    private Passphrase passphrase = new Passphrase();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "Where to.")
    private Path output = Path.of("");

    @Option(names = "--replace", description = "Replace the file when it is there.")
    private boolean replace;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "As given to `tarn serve`; otherwise TARN_DATABASE_URL, tarn.yaml, SQLite in the home.")
    private @Nullable String databaseUrl;

    @Option(names = "--warehouse", paramLabel = "DIR", description = "As given to `tarn serve`.")
    private @Nullable Path warehouse;

    BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "backup",
                "--home",
                options.home(terminal).toString(),
                "--output",
                output.toAbsolutePath().normalize().toString()));
        if (replace) {
            arguments.add("--replace");
        }
        if (databaseUrl != null) {
            arguments.addAll(List.of("--database-url", databaseUrl));
        }
        if (warehouse != null) {
            arguments.addAll(List.of("--warehouse", warehouse.toAbsolutePath().toString()));
        }
        if (options.json) {
            arguments.add("--json");
        }
        return OperatorProcess.run(terminal, arguments, passphrase.read(terminal, true));
    }
}
