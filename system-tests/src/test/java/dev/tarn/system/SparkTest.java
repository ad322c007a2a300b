package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that Spark and the server write by turns, each on top of what the other did: both read the same after each step. */
@Tag("conformance")
@ExtendWith(SharedServer.class)
class SparkTest {
    private final ServerUnderTest server;
    private final Api api;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    SparkTest(ServerUnderTest server) {
        this.server = server;
        api = server.api();
    }

    private SparkUnderTest spark() throws IOException, InterruptedException {
        return SparkUnderTest.start(server, folder.resolve("spark.log"));
    }

    private void ours(String sql) {
        Answer answer = api.sql(sql);
        assertThat(answer.status()).as(sql + ": " + answer).isEqualTo(200);
    }

    private List<String> rows(String sql) {
        Answer answer = api.sql(sql);
        assertThat(answer.status()).as(sql + ": " + answer).isEqualTo(200);
        return answer.rows().stream()
                .map(row -> String.join(
                        "|",
                        StreamSupport.stream(row.spliterator(), false)
                                .map(value -> value.asString("null"))
                                .toList()))
                .toList();
    }

    /** NULLs stand last with us. */
    private void same(SparkUnderTest spark, String table, String columns) {
        String query = "SELECT " + columns + " FROM peers." + table;
        assertThat(rows(query)).isNotEmpty().containsExactlyInAnyOrderElementsOf(spark.rows(query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TBLPROPERTIES ('write.delete.mode'='merge-on-read', 'write.update.mode'='merge-on-read', 'write.merge.mode'='merge-on-read')",
                "TBLPROPERTIES ('format-version'='3', 'write.delete.mode'='merge-on-read', 'write.update.mode'='merge-on-read', 'write.merge.mode'='merge-on-read')",
                "PARTITIONED BY (bucket(4, id), day) TBLPROPERTIES ('format-version'='3', 'write.merge.mode'='merge-on-read')",
                "PARTITIONED BY (truncate(3, name)) TBLPROPERTIES ('write.delete.mode'='merge-on-read')"
            })
    void eachGoesOnWithWhatTheOtherWrote(String kind) throws IOException, InterruptedException {
        try (SparkUnderTest spark = spark()) {
            ours("CREATE SCHEMA IF NOT EXISTS peers");
            ours("DROP TABLE IF EXISTS peers.turns");
            ours("CREATE TABLE peers.turns (id BIGINT NOT NULL, name STRING, day DATE, price DECIMAL(9,2)) " + kind);
            ours(
                    "INSERT INTO peers.turns SELECT i, 'name' || i % 10, DATE '1969-12-30' + (i % 5)::INT, i / 4 FROM range(200) r(i)");
            String columns = "id, name, CAST(day AS STRING), price";
            same(spark, "turns", columns);
            spark.rows("DELETE FROM peers.turns WHERE id % 7 = 3");
            same(spark, "turns", columns);
            ours("UPDATE peers.turns SET price = price + 1, name = 'ours' || id WHERE id % 5 = 0");
            same(spark, "turns", columns);
            spark.rows("ALTER TABLE peers.turns ADD COLUMN note STRING");
            spark.rows("UPDATE peers.turns SET note = concat('spark', id) WHERE id % 3 = 0");
            columns += ", note";
            same(spark, "turns", columns);
            ours(
                    "MERGE INTO peers.turns t USING (SELECT i AS id, 'merged' AS name FROM range(150, 250) r(i)) s ON t.id = s.id"
                            + " WHEN MATCHED AND t.id % 2 = 0 THEN DELETE WHEN MATCHED THEN UPDATE SET name = s.name, note = NULL"
                            + " WHEN NOT MATCHED THEN INSERT (id, name, day) VALUES (s.id, s.name, DATE '2026-01-01')");
            same(spark, "turns", columns);
            spark.rows(
                    "MERGE INTO peers.turns t USING (SELECT id + 1 AS id FROM range(100)) s ON t.id = s.id"
                            + " WHEN MATCHED AND t.id < 20 THEN DELETE WHEN MATCHED THEN UPDATE SET price = price * 2"
                            + " WHEN NOT MATCHED THEN INSERT (id, name, day, price, note) VALUES (s.id, 'new', NULL, NULL, NULL)");
            same(spark, "turns", columns);
            ours("ALTER TABLE peers.turns RENAME COLUMN name TO title");
            ours("DELETE FROM peers.turns WHERE id IN (SELECT id FROM peers.turns WHERE id % 11 = 1) OR title IS NULL");
            same(spark, "turns", columns.replace("name", "title"));
            spark.rows("INSERT OVERWRITE peers.turns SELECT * FROM peers.turns WHERE id < 120");
            same(spark, "turns", columns.replace("name", "title"));
        }
    }

    @Test
    void tablesOfSparkAreReadEqual() throws IOException, InterruptedException {
        try (SparkUnderTest spark = spark()) {
            ours("CREATE SCHEMA IF NOT EXISTS peers");
            spark.rows("DROP TABLE IF EXISTS peers.made");
            spark.rows("CREATE TABLE peers.made (id INT, ts TIMESTAMP, d DOUBLE, f FLOAT, b BINARY, a ARRAY<INT>,"
                    + " m MAP<STRING, INT>, s STRUCT<x: INT, y: STRING>) USING iceberg PARTITIONED BY (days(ts))");
            spark.rows(
                    "INSERT INTO peers.made SELECT id, timestamp_micros(id * 86400000123), id / 8, id / 4,"
                            + " CAST(CAST(id AS STRING) AS BINARY), array(id, NULL), map('k', id), struct(id, 'y') FROM range(60)");
            spark.rows("ALTER TABLE peers.made ALTER COLUMN id TYPE BIGINT");
            spark.rows("ALTER TABLE peers.made ADD COLUMN s.z BOOLEAN");
            spark.rows("ALTER TABLE peers.made RENAME COLUMN s.x TO w");
            spark.rows("ALTER TABLE peers.made REPLACE PARTITION FIELD days(ts) WITH months(ts)");
            spark.rows("ALTER TABLE peers.made CREATE TAG before");
            spark.rows("DELETE FROM peers.made WHERE id BETWEEN 10 AND 19");
            spark.rows(
                    "INSERT INTO peers.made SELECT id, NULL, NULL, NULL, NULL, NULL, NULL, struct(1, 'w', true) FROM range(3)");
            String columns =
                    "id, CAST(d * 8 AS INT), CAST(f * 4 AS INT), s.w, s.y, CAST(s.z AS STRING), a[%d], m['k'], octet_length(b)";
            assertThat(rows("SELECT " + columns.formatted(1) + " FROM peers.made"))
                    .containsExactlyInAnyOrderElementsOf(
                            spark.rows("SELECT " + columns.formatted(0) + " FROM peers.made"));
            assertThat(
                            rows(
                                    "SELECT count(*), min(ts)::STRING, max(epoch_us(ts)) FROM peers.made VERSION AS OF 'before'"))
                    .hasToString("[60|1970-01-01 00:00:00+00|5097600007257]");
            assertThat(rows("SELECT id FROM peers.made WHERE ts >= TIMESTAMPTZ '1970-02-25 00:00:00+00' ORDER BY id"))
                    .hasToString("[55, 56, 57, 58, 59]");
            assertThat(rows("SELECT count(*) FROM peers.made$snapshots")).hasToString("[3]");
        }
    }

    @Test
    void whatIsMadeHereSparkTakesApart() throws IOException, InterruptedException {
        try (SparkUnderTest spark = spark()) {
            ours("CREATE SCHEMA IF NOT EXISTS peers");
            ours("DROP TABLE IF EXISTS peers.sorted");
            ours("CREATE TABLE peers.sorted PARTITIONED BY (bucket(3, id)) COMMENT 'what it is' AS"
                    + " SELECT i AS id, 'n' || i AS name, {'x': i, 'y': [i]} AS s FROM range(1000) r(i)");
            ours("ALTER TABLE peers.sorted WRITE ORDERED BY name DESC");
            ours("INSERT INTO peers.sorted SELECT id + 1000, name, s FROM peers.sorted");
            ours("ALTER TABLE peers.sorted CREATE TAG kept");
            ours("DELETE FROM peers.sorted WHERE id >= 1000");
            assertThat(spark.rows("SELECT count(*), sum(id), max(s.y[0]) FROM peers.sorted"))
                    .hasToString("[1000|499500|999]");
            assertThat(spark.rows("SELECT count(*) FROM peers.sorted VERSION AS OF 'kept'"))
                    .hasToString("[2000]");
            assertThat(spark.rows("SELECT count(*) FROM peers.sorted.partitions"))
                    .hasToString("[3]");
            assertThat(spark.rows("SELECT count(*) FROM peers.sorted WHERE id = 17"))
                    .hasToString("[1]");
            assertThat(rows("SELECT id FROM peers.sorted")).hasSize(1000);
        }
    }
}
