package dev.tarn.storage;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class PostgresWriteIntentsTest extends WriteIntentsContract {
    @Override
    Database open(Path home) {
        return TestDatabases.postgres();
    }
}
