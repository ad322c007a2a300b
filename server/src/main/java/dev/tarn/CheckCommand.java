package dev.tarn;

import dev.tarn.backup.BackupPlaces;
import dev.tarn.backup.DatabaseCheck;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Surroundings;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Run by the command line's {@code tarn doctor} when no server runs that could be asked. It only reads. */
@Command(name = "check", description = "Looks whether the database is whole and the tables' files are there.")
final class CheckCommand implements Callable<Integer> {
    @Option(names = "--home", required = true, paramLabel = "DIR")
    private Path home = Path.of(".tarn");

    @Option(names = "--database-url", paramLabel = "URL")
    private @Nullable String databaseUrl;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        HomeSettings.silenceLogs();
        return OperatorCommand.run(spec, true, () -> {
            BackupPlaces places = HomeSettings.of(home, databaseUrl, null);
            Ids ids = Surroundings.real().ids();
            DatabaseCheck found = DatabaseCheck.of(places, TableFiles.local(new Warehouse(places.warehouse(), ids)));
            return new OperatorCommand.Answer(found, "");
        });
    }
}
