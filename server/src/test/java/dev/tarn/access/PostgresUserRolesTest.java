package dev.tarn.access;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class PostgresUserRolesTest extends UserRolesContract {
    @Override
    protected Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
