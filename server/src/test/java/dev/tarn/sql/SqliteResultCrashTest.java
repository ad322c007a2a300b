package dev.tarn.sql;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class SqliteResultCrashTest extends ResultCrashContract {
    @Override
    Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
