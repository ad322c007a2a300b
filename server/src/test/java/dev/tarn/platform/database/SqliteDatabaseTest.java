package dev.tarn.platform.database;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest extends DatabaseContract {
    @TempDir
    Path folder;

    @Override
    String newUrl() {
        return TestDatabases.sqliteUrl(folder);
    }
}
