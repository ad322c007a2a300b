package dev.tarn.catalog;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class PostgresReportStoreTest extends ReportStoreContract {
    @Override
    protected Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
