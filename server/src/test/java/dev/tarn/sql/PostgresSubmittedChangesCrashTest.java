package dev.tarn.sql;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class PostgresSubmittedChangesCrashTest extends SubmittedChangesCrashContract {
    @Override
    Database open(Path home) {
        return TestDatabases.postgres();
    }

    @Override
    boolean everyFile() {
        return false;
    }
}
