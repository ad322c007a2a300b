package dev.tarn.adoption;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class SqliteMountStoreTest extends MountStoreContract {
    @Override
    protected Database open(Path folder) {
        return TestDatabases.sqlite(folder);
    }
}
