package dev.tarn.jobs;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class PostgresSchedulesTest extends SchedulesContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
