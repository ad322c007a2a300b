package dev.tarn;

import dev.tarn.backup.BackupPlaces;
import dev.tarn.backup.BackupReport;
import dev.tarn.backup.BackupWriting;
import dev.tarn.platform.Surroundings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Run by the command line's {@code tarn backup}, which asks for the passphrase and hands it over on standard input. */
@Command(name = "backup", description = "Writes metadata and secrets into one encrypted file.")
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--output", required = true, paramLabel = "FILE")
    private Path output = Path.of("");

    @Option(names = "--replace")
    private boolean replace;

    @Option(names = "--warehouse", paramLabel = "DIR")
    private @Nullable Path warehouse;

    @Option(names = "--json")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        HomeSettings.silenceLogs();
        return OperatorCommand.run(spec, json, () -> {
            BackupPlaces places = HomeSettings.of(database.home(), database.databaseUrl(), warehouse);
            Surroundings machine = Surroundings.real();
            String id = machine.ids().next().toString();
            BackupReport report = new BackupWriting(machine.clock(), machine.random(), OperatorCommand.version())
                    .write(places, id, output, replace, OperatorCommand.passphrase());
            return new OperatorCommand.Answer(report, OperatorText.of(report, output));
        });
    }
}
