package dev.tarn.adoption;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class PostgresAdoptionCrashTest extends AdoptionCrashContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }

    @Override
    int everySoManySteps() {
        return 5;
    }
}
