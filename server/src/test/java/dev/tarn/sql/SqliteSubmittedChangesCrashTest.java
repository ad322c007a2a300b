package dev.tarn.sql;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class SqliteSubmittedChangesCrashTest extends SubmittedChangesCrashContract {
    @Override
    Database open(Path home) {
        return TestDatabases.sqlite(home);
    }

    @Override
    boolean everyFile() {
        return true;
    }
}
