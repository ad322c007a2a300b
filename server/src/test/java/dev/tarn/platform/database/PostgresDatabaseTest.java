package dev.tarn.platform.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresDatabaseTest extends DatabaseContract {
    @Override
    String newUrl() {
        return TestDatabases.postgresUrl();
    }

    @Test
    void aTextThatPostgresDoesNotTakeIsTold() {
        try (Database database = Database.open(newUrl())) {
            assertThatThrownBy(() -> database.inTransaction(() -> database.client()
                            .sql("SELECT CAST(:text AS TEXT)")
                            .param("text", "a\u0000b")
                            .query(String.class)
                            .single()))
                    .matches(UnstorableText::caused);
        }
    }
}
