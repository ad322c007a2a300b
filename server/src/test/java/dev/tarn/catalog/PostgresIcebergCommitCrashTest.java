package dev.tarn.catalog;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresIcebergCommitCrashTest extends IcebergCommitCrashContract {
    @Override
    Database open(Path home) {
        return TestDatabases.postgres();
    }
}
