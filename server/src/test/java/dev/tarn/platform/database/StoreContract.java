package dev.tarn.platform.database;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A contract that is run by one subclass on SQLite and by one on PostgreSQL; the tests of a subclass share one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreContract {
    @SuppressWarnings("NullAway.Init") // opened before the first test
    protected Database database;

    /** {@link TestDatabases#sqlite} or {@link TestDatabases#postgres}. */
    protected abstract Database open(Path folder);

    @BeforeAll
    void openDatabase(@TempDir Path folder) {
        database = open(folder);
    }

    @AfterAll
    void closeDatabase() {
        database.close();
    }
}
