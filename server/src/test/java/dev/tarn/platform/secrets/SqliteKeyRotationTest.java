package dev.tarn.platform.secrets;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class SqliteKeyRotationTest extends KeyRotationContract {
    @Override
    protected Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
