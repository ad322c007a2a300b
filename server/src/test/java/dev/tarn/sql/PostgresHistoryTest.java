package dev.tarn.sql;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class PostgresHistoryTest extends HistoryContract {
    @Override
    protected Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
