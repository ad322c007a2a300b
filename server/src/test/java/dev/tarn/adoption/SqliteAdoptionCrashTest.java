package dev.tarn.adoption;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class SqliteAdoptionCrashTest extends AdoptionCrashContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }

    @Override
    int everySoManySteps() {
        return 1;
    }
}
