package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Trino through our REST catalog: what it makes and changes, SQL reads, and back. */
@Tag("conformance")
@ExtendWith(SharedServer.class)
class TrinoCatalogTest {
    private final ServerUnderTest server;
    private final CatalogSql ours;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    TrinoCatalogTest(ServerUnderTest server) {
        this.server = server;
        ours = new CatalogSql(server.api());
    }

    private void same(TrinoUnderTest trino, String table, String columns) {
        ours.reads(
                "SELECT %s FROM trino.%s".formatted(columns, table),
                trino.rows("SELECT %s FROM tarn.trino.%s".formatted(columns, table)));
    }

    @Test
    void whatTrinoDoesThroughTheCatalogSqlReadsAndBack() throws IOException, InterruptedException {
        try (TrinoUnderTest trino = TrinoUnderTest.start(server, folder)) {
            trino.rows("CREATE SCHEMA tarn.trino");
            trino.rows("CREATE TABLE tarn.trino.made (id BIGINT NOT NULL, name VARCHAR, day DATE)"
                    + " WITH (partitioning = ARRAY['bucket(id, 3)'])");
            trino.rows("INSERT INTO tarn.trino.made SELECT i, 'n' || CAST(i AS VARCHAR), DATE '2026-01-01'"
                    + " FROM UNNEST(sequence(0, 199)) r(i)");
            String columns = "id, name, CAST(day AS VARCHAR)";
            same(trino, "made", columns);
            trino.rows("UPDATE tarn.trino.made SET name = 'changed' WHERE id % 5 = 0");
            same(trino, "made", columns);
            trino.rows("DELETE FROM tarn.trino.made WHERE id % 7 = 3");
            same(trino, "made", columns);
            ours.rows("INSERT INTO trino.made SELECT i, 'ours', NULL FROM range(500, 520) r(i)");
            ours.rows("UPDATE trino.made SET name = 'ours too' WHERE id % 11 = 0");
            same(trino, "made", columns);
            trino.rows("MERGE INTO tarn.trino.made t USING (SELECT i + 190 AS id FROM UNNEST(sequence(0, 19)) r(i)) s"
                    + " ON t.id = s.id WHEN MATCHED AND t.id < 195 THEN DELETE"
                    + " WHEN MATCHED THEN UPDATE SET name = 'merged'"
                    + " WHEN NOT MATCHED THEN INSERT (id, name, day) VALUES (s.id, 'new', NULL)");
            same(trino, "made", columns);
            evolves(trino);
            trino.rows("CREATE TABLE tarn.trino.copied AS SELECT id, title FROM tarn.trino.made WHERE id < 50");
            same(trino, "copied", "id, title");
            trino.rows("CREATE OR REPLACE TABLE tarn.trino.copied AS SELECT id FROM tarn.trino.made WHERE id < 20");
            same(trino, "copied", "id");
            trino.rows("ALTER TABLE tarn.trino.copied RENAME TO tarn.trino.renamed");
            ours.rows("UPDATE trino.renamed SET id = id + 1 WHERE id > 10");
            same(trino, "renamed", "id");
            ours.rows("CREATE TABLE trino.ours AS SELECT i AS id, 'x' || i AS title FROM range(30) r(i)");
            same(trino, "ours", "id, title");
            trino.rows("CREATE VIEW tarn.trino.seen AS SELECT id FROM tarn.trino.made");
            assertThat(trino.rows("SELECT count(*) FROM tarn.trino.seen"))
                    .isEqualTo(ours.rows("SELECT count(*) FROM trino.made"));
            trino.rows("DROP TABLE tarn.trino.renamed");
            assertThat(trino.rows("SHOW TABLES FROM tarn.trino")).containsExactlyInAnyOrder("made", "ours", "seen");
        }
    }

    private void evolves(TrinoUnderTest trino) {
        trino.rows("ALTER TABLE tarn.trino.made ADD COLUMN note VARCHAR");
        trino.rows("ALTER TABLE tarn.trino.made RENAME COLUMN name TO title");
        trino.rows("ALTER TABLE tarn.trino.made SET PROPERTIES partitioning = ARRAY['bucket(id, 5)']");
        trino.rows("INSERT INTO tarn.trino.made VALUES (1000, 't', NULL, 'x')");
        trino.rows("ALTER TABLE tarn.trino.made DROP COLUMN day");
        same(trino, "made", "id, title, note");
        trino.rows("ALTER TABLE tarn.trino.made EXECUTE optimize");
        trino.rows("ANALYZE tarn.trino.made");
        same(trino, "made", "id, title, note");
        assertThat(trino.rows("SELECT count(*) FROM tarn.trino.\"made$snapshots\""))
                .isEqualTo(ours.rows("SELECT count(*) FROM trino.\"made$snapshots\""));
    }
}
