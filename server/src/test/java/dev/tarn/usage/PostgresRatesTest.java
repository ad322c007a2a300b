package dev.tarn.usage;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.nio.file.Path;

class PostgresRatesTest extends RatesContract {
    @Override
    protected Database open(Path folder) {
        return TestDatabases.postgres();
    }
}
