package dev.tarn;

import dev.tarn.access.AuditCheck;
import dev.tarn.backup.BackupPlaces;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Run by the command line's {@code tarn audit verify --offline}: it needs no server and no key, so it also works on the copy of
 * a database, and when nobody who could be asked is trusted. It only reads.
 */
@Command(name = "audit", description = "Verifies the audit trail of every tenant in the database.")
final class AuditCheckCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--logs", paramLabel = "DIR")
    private @Nullable Path logs;

    @Option(names = "--head", paramLabel = "TENANT:SEQ:HASH")
    private List<String> heads = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        HomeSettings.silenceLogs();
        return OperatorCommand.run(spec, true, () -> {
            BackupPlaces places = HomeSettings.of(database.home(), database.databaseUrl(), null);
            Path folder = logs != null ? logs : places.home().resolve("logs");
            return new OperatorCommand.Answer(AuditCheck.of(places.databaseUrl(), folder, heads), "");
        });
    }
}
