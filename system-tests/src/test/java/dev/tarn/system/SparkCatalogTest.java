package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Spark through our REST catalog: what it makes and changes, SQL reads, and back; the trail says who did it. */
@Tag("conformance")
@ExtendWith(SharedServer.class)
class SparkCatalogTest {
    private final ServerUnderTest server;
    private final Api api;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    SparkCatalogTest(ServerUnderTest server) {
        this.server = server;
        api = server.api();
    }

    private List<String> ours(String sql) {
        return new CatalogSql(api).rows(sql);
    }

    private void same(SparkUnderTest spark, String table, String columns) {
        String query = "SELECT " + columns + " FROM rest." + table;
        new CatalogSql(api).reads(query, spark.rows(query));
    }

    @Test
    void whatSparkDoesThroughTheCatalogSqlReadsAndBack() throws IOException, InterruptedException {
        try (SparkUnderTest spark = SparkUnderTest.throughCatalog(server, folder.resolve("spark.log"))) {
            spark.rows("CREATE NAMESPACE rest");
            spark.rows(
                    "CREATE TABLE rest.made (id BIGINT NOT NULL, name STRING, day DATE) USING iceberg PARTITIONED BY (bucket(3, id))");
            spark.rows("INSERT INTO rest.made SELECT id, concat('n', id), DATE '2026-01-01' FROM range(200)");
            String columns = "id, name, CAST(day AS STRING)";
            same(spark, "made", columns);
            spark.rows("UPDATE rest.made SET name = 'changed' WHERE id % 5 = 0");
            same(spark, "made", columns);
            spark.rows("DELETE FROM rest.made WHERE id % 7 = 3");
            same(spark, "made", columns);
            ours("INSERT INTO rest.made SELECT i, 'ours', NULL FROM range(500, 520) r(i)");
            spark.rows("MERGE INTO rest.made t USING (SELECT id + 190 AS id FROM range(20)) s ON t.id = s.id"
                    + " WHEN MATCHED AND t.id < 195 THEN DELETE WHEN MATCHED THEN UPDATE SET name = 'merged'"
                    + " WHEN NOT MATCHED THEN INSERT (id, name, day) VALUES (s.id, 'new', NULL)");
            same(spark, "made", columns);
            spark.rows("ALTER TABLE rest.made ADD COLUMN note STRING");
            spark.rows("ALTER TABLE rest.made CREATE BRANCH trial");
            spark.rows("INSERT INTO rest.made.branch_trial VALUES (1000, 'branch', NULL, 'x')");
            same(spark, "made", columns + ", note");
            assertThat(ours("SELECT count(*) FROM rest.made VERSION AS OF 'trial' WHERE id = 1000"))
                    .containsExactly("1");
            spark.rows("CALL tarn.system.fast_forward('rest.made', 'main', 'trial')");
            spark.rows(
                    "CALL tarn.system.rewrite_data_files(table => 'rest.made', options => map('rewrite-all', 'true'))");
            same(spark, "made", columns + ", note");
            spark.rows("CREATE TABLE rest.copied USING iceberg AS SELECT id, name FROM rest.made WHERE id < 50");
            same(spark, "copied", "id, name");
            spark.rows("CREATE OR REPLACE TABLE rest.copied USING iceberg AS SELECT id FROM rest.made WHERE id < 20");
            same(spark, "copied", "id");
            spark.rows("ALTER TABLE rest.copied RENAME TO rest.renamed");
            ours("UPDATE rest.renamed SET id = id + 1 WHERE id > 10");
            same(spark, "renamed", "id");
            spark.rows("DROP TABLE rest.renamed");
            assertThat(ours("SHOW TABLES IN rest")).hasSize(1);
            assertThat(api.get("/tarn/v1/audit?resource=table:iceberg.rest.made&limit=200")
                            .toString())
                    .contains("table:iceberg.rest.made")
                    .contains("AddSnapshot");
        }
    }
}
