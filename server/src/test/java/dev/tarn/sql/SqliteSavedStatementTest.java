package dev.tarn.sql;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class SqliteSavedStatementTest extends SavedStatementContract {
    @Override
    protected Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
