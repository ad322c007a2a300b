package dev.tarn.loading;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class SqliteLoadsTest extends LoadsContract {
    @Override
    Database open(Path home) {
        return TestDatabases.sqlite(home);
    }
}
