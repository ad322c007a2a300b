package dev.tarn.catalog;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class SqliteOrphanFilesTest extends OrphanFilesContract {
    @Override
    Database open(Path home) {
        return TestDatabases.sqlite(home);
    }
}
