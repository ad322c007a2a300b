package dev.tarn;

import dev.tarn.backup.RestoreReport;
import dev.tarn.backup.Restoring;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Surroundings;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Run by the command line's {@code tarn restore}, which asks for the passphrase and hands it over on standard input. */
@Command(name = "restore", description = "Restores a backup into an empty home folder and database.")
final class RestoreCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE")
    private Path file = Path.of("");

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--check")
    private boolean check;

    @Option(names = "--json")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        HomeSettings.silenceLogs();
        return OperatorCommand.run(spec, json, () -> {
            Ids ids = Surroundings.real().ids();
            Restoring restoring = new Restoring(warehouse -> TableFiles.local(new Warehouse(warehouse, ids)));
            if (check) {
                var report = restoring.check(file, OperatorCommand.passphrase());
                return new OperatorCommand.Answer(report, OperatorText.ofCheck(report, file));
            }
            RestoreReport report =
                    restoring.restore(file, OperatorCommand.passphrase(), database.home(), database.databaseUrl());
            return new OperatorCommand.Answer(report, OperatorText.of(report, database.home()));
        });
    }
}
