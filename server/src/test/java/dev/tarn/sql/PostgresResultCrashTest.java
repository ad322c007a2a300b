package dev.tarn.sql;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class PostgresResultCrashTest extends ResultCrashContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
