package dev.tarn.api;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class SqliteIdempotencyTest extends IdempotencyContract {
    @Override
    protected Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
