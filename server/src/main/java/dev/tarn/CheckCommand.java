package dev.tarn;

import dev.tarn.backup.BackupPlaces;
import dev.tarn.backup.DatabaseCheck;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Surroundings;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Run by the command line's {@code tarn doctor} when no server runs that could be asked. It only reads. */
@Command(name = "check", description = "Looks whether the database is whole and the tables' files are there.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        HomeSettings.silenceLogs();
        return OperatorCommand.run(spec, true, () -> {
            BackupPlaces places = HomeSettings.of(database.home(), database.databaseUrl(), null);
            Ids ids = Surroundings.real().ids();
            DatabaseCheck found = DatabaseCheck.of(places, TableFiles.local(new Warehouse(places.warehouse(), ids)));
            return new OperatorCommand.Answer(found, "");
        });
    }
}
