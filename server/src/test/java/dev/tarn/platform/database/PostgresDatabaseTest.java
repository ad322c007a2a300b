package dev.tarn.platform.database;

class PostgresDatabaseTest extends DatabaseContract {
    @Override
    String newUrl() {
        return TestDatabases.postgresUrl();
    }
}
