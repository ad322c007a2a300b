package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.catalog.CatalogTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CREATE TABLE and ALTER TABLE say of tables beside their columns, as Iceberg itself sees it. */
class TableDefinitionsTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private final SqlSession session = new SqlSession(SERVER);

    private BaseTable iceberg(String name) {
        return CatalogTables.of(SERVER, session.table(name));
    }

    private static String partitioning(BaseTable table) {
        return table.spec().fields().stream()
                .map(field -> field.name() + "=" + field.transform())
                .toList()
                .toString();
    }

    @Test
    void aTableIsMadeWithAllClauses() {
        session.done("CREATE TABLE $t (id BIGINT NOT NULL COMMENT 'the key', at TIMESTAMP, day DATE, region STRING,"
                + " s STRUCT<a: INT>) USING iceberg PARTITIONED BY (hours(at), months(day), bucket(8, id),"
                + " truncate(3, region), s.a) SORTED BY (region DESC NULLS LAST, bucket(4, id)) COMMENT 'it''s ours'"
                + " TBLPROPERTIES ('write.delete.mode' = 'merge-on-read', owner = 'us') WITH (a.b = 5)");
        BaseTable table = iceberg("t");
        assertThat(partitioning(table))
                .isEqualTo(
                        "[at_hour=hour, day_month=month, id_bucket=bucket[8], region_trunc=truncate[3], s.a=identity]");
        assertThat(table.sortOrder().toString())
                .contains("identity(4) DESC NULLS LAST", "bucket[4](1) ASC NULLS FIRST");
        assertThat(table.properties())
                .containsEntry("comment", "it's ours")
                .containsEntry("write.delete.mode", "merge-on-read")
                .containsEntry("owner", "us")
                .containsEntry("a.b", "5")
                .containsEntry("write.parquet.compression-codec", "zstd");
        session.done("CREATE TABLE $s.like_it LIKE $t TBLPROPERTIES ('owner' = 'them')");
        BaseTable like = iceberg("like_it");
        assertThat(like.schema().asStruct()).isEqualTo(table.schema().asStruct());
        assertThat(partitioning(like)).isEqualTo(partitioning(table));
        assertThat(like.sortOrder().sameOrder(table.sortOrder())).isTrue();
        Map<String, String> properties = new HashMap<>(table.properties());
        properties.put("owner", "them");
        assertThat(like.properties()).isEqualTo(properties);
        session.done("CREATE TABLE IF NOT EXISTS $s.like_it LIKE $t");
    }

    @Test
    void rowsStandInTheTablesOrderAndItsPartitions() {
        session.done("CREATE TABLE $t PARTITIONED BY (p) ORDERED BY (v DESC, n) AS"
                + " SELECT i % 3 AS p, (i * 7919) % 1000 AS v, i AS n FROM range(3000) r(i)");
        session.done("INSERT INTO $t SELECT 1, i, i FROM range(10) r(i)");
        BaseTable table = iceberg("t");
        assertThat(PartitionValues.check(table)).isEqualTo(3010);
        PartitionValues.tasks(table).forEach(task -> {
            assertThat(task.file().sortOrderId())
                    .isEqualTo(table.sortOrder().orderId())
                    .isPositive();
            List<Long> values = PartitionValues.rows(table, task).stream()
                    .map(row -> (Long) row.getField("v"))
                    .toList();
            assertThat(values).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        });
        session.done("ALTER TABLE $t DROP PARTITION FIELD p");
        session.done("INSERT INTO $t SELECT 2, 5, 5");
        session.done("ALTER TABLE $t ADD PARTITION FIELD bucket(2, n) AS shard");
        session.done("INSERT INTO $t SELECT 2, 6, i FROM range(100) r(i)");
        session.done("ALTER TABLE $t REPLACE PARTITION FIELD shard WITH truncate(10, v)");
        session.done("INSERT INTO $t BY NAME SELECT 31 AS v");
        BaseTable changed = iceberg("t");
        assertThat(PartitionValues.check(changed)).isEqualTo(3112);
        assertThat(PartitionValues.tasks(changed).stream()
                        .map(task -> task.file().specId())
                        .distinct())
                .hasSize(4);
        assertThat(session.rows("SELECT count(*), sum(n) FROM $t WHERE v = 6")).isEqualTo("104,8178");
        assertThat(session.written("INSERT OVERWRITE $t SELECT * FROM $t WHERE v < 10"))
                .isPositive();
        assertThat(PartitionValues.check(iceberg("t"))).isPositive();
        session.done("ALTER TABLE $t WRITE UNORDERED");
        session.done("INSERT INTO $t SELECT 1, 2, 3");
        assertThat(iceberg("t").sortOrder().isUnsorted()).isTrue();
        session.done("ALTER TABLE $t WRITE DISTRIBUTED BY PARTITION LOCALLY ORDERED BY n");
        assertThat(iceberg("t").properties()).containsEntry("write.distribution-mode", "hash");
        assertThat(session.rows("SELECT count(*) FROM $t.partitions"))
                .isEqualTo(String.valueOf(PartitionValues.tasks(iceberg("t")).stream()
                        .map(PartitionValues::text)
                        .distinct()
                        .count()));
    }

    @Test
    void tablesOfFormatOneArePartitionedToo() {
        session.done("CREATE TABLE $t (a INT, b STRING) PARTITIONED BY (a, b) TBLPROPERTIES ('format-version' = '1')");
        session.done("INSERT INTO $t VALUES (1, 'x'), (2, 'y')");
        session.done("ALTER TABLE $t DROP PARTITION FIELD a");
        session.done("INSERT INTO $t VALUES (3, 'z')");
        assertThat(PartitionValues.check(iceberg("t"))).isEqualTo(3);
        assertThat(session.rows("SELECT * FROM $t ORDER BY a")).isEqualTo("1,x|2,y|3,z");
        session.done("INSERT OVERWRITE $t SELECT * FROM $t WHERE a > 1");
        session.done("CREATE OR REPLACE TABLE $t PARTITIONED BY (b) AS SELECT * FROM $t");
        assertThat(PartitionValues.check(iceberg("t"))).isEqualTo(2);
        session.done("ALTER TABLE $t SET TBLPROPERTIES ('format-version' = '2')");
        session.done("CREATE OR REPLACE TABLE $t PARTITIONED BY (b, a) AS SELECT 1 AS a, 'x' AS b");
        assertThat(PartitionValues.check(iceberg("t"))).isEqualTo(1);
        assertThat(session.rows("SELECT * FROM $t")).isEqualTo("1,x");
    }

    @Test
    void columnsHaveDefaultsInFormatThree() {
        session.done("CREATE TABLE $t (id INT, name STRING DEFAULT 'n/a', price DECIMAL(9,2) NOT NULL DEFAULT 1.5,"
                + " made TIMESTAMP DEFAULT TIMESTAMP '2026-01-02 03:04:05', day DATE DEFAULT DATE '2026-01-01',"
                + " yes BOOLEAN DEFAULT true, less BIGINT DEFAULT -5, more DOUBLE DEFAULT 0.25)"
                + " TBLPROPERTIES ('format-version' = '3')");
        session.done("INSERT INTO $t (id) VALUES (1)");
        session.done("INSERT INTO $t (id, name, price) VALUES (2, DEFAULT, 7), (3, 'x', DEFAULT)");
        session.done("INSERT INTO $t BY NAME SELECT 4 AS id, NULL AS name");
        assertThat(session.rows("SELECT id, name, price, made, day, yes, less, more FROM $t WHERE id = 1"))
                .isEqualTo("1,n/a,1.5,2026-01-02T03:04:05,2026-01-01,true,-5,0.25");
        assertThat(session.rows("SELECT id, name, price FROM $t WHERE id > 1 ORDER BY id"))
                .isEqualTo("2,n/a,7.0|3,x,1.5|4,null,1.5");
        session.done("ALTER TABLE $t ADD COLUMN later STRING DEFAULT 'old'");
        session.done("ALTER TABLE $t ADD COLUMN must INT NOT NULL DEFAULT 9");
        session.done("ALTER TABLE $t ALTER COLUMN later SET DEFAULT 'new'");
        session.done("ALTER TABLE $t ALTER COLUMN name DROP DEFAULT");
        session.done("INSERT INTO $t (id) VALUES (5)");
        assertThat(session.rows("SELECT id, name, later, must FROM $t WHERE id IN (1, 5) ORDER BY id"))
                .isEqualTo("1,n/a,old,9|5,null,new,9");
        assertThat(session.failed("CREATE TABLE $s.u (a INT DEFAULT 1)", 400)).contains("format 3 alone");
        session.done("CREATE TABLE $s.two (a INT)");
        assertThat(session.failed("ALTER TABLE $s.two ADD COLUMN b INT DEFAULT 1", 400))
                .contains("format 3 alone");
        session.done("ALTER TABLE $s.two SET TBLPROPERTIES ('format-version' = '3')");
        session.done("ALTER TABLE $s.two ADD COLUMN b INT DEFAULT 1");
        session.done("CREATE OR REPLACE TABLE $s.two (a INT, b INT DEFAULT 4, c STRING)");
        session.done("INSERT INTO $s.two (a) VALUES (1)");
        assertThat(session.rows("SELECT * FROM $s.two")).isEqualTo("1,4,null");
    }

    @Test
    void propertiesAreSetAndTakenAway() {
        session.done("CREATE TABLE $t (id INT NOT NULL, s STRUCT<a: INT>)");
        session.done("ALTER TABLE $t SET TBLPROPERTIES ('history.expire.min-snapshots-to-keep' = '5', mine = 'x')");
        assertThat(iceberg("t").properties())
                .containsEntry("history.expire.min-snapshots-to-keep", "5")
                .containsEntry("mine", "x");
        session.done("ALTER TABLE $t UNSET TBLPROPERTIES IF EXISTS ('mine', 'nothing')");
        assertThat(iceberg("t").properties()).doesNotContainKey("mine");
        session.done("ALTER TABLE $t ALTER COLUMN id DROP NOT NULL");
        session.done("ALTER TABLE $t ALTER COLUMN s.a COMMENT 'a part'");
        session.done("ALTER TABLE $t ADD COLUMN s.b BIGINT COMMENT 'another' FIRST");
        session.done("ALTER TABLE $t RENAME COLUMN s.a TO c");
        BaseTable table = iceberg("t");
        assertThat(table.schema().findField("s.c").doc()).isEqualTo("a part");
        assertThat(table.schema().findField("s").type().toString()).startsWith("struct<4: b:");
    }

    @Test
    void versionsHaveNames() {
        session.done("CREATE TABLE $t AS SELECT 1 AS a");
        String first = session.rows("SELECT snapshot_id FROM $t.snapshots");
        session.done("INSERT INTO $t VALUES (2)");
        session.done("ALTER TABLE $t CREATE TAG begin AS OF VERSION " + first + " RETAIN 7 DAYS");
        session.done(
                "ALTER TABLE $t CREATE BRANCH IF NOT EXISTS work RETAIN 2 HOURS WITH SNAPSHOT RETENTION 3 SNAPSHOTS 1 DAYS");
        session.done("ALTER TABLE $t CREATE TAG IF NOT EXISTS begin");
        assertThat(session.rows("SELECT count(*) FROM $t VERSION AS OF 'begin'"))
                .isEqualTo("1");
        assertThat(session.rows("SELECT count(*) FROM $t.branch_work")).isEqualTo("2");
        assertThat(session.rows(
                        "SELECT name, type, max_reference_age_in_ms, min_snapshots_to_keep FROM $t.refs ORDER BY name"))
                .isEqualTo("begin,TAG,604800000,null|main,BRANCH,null,null|work,BRANCH,7200000,3");
        assertThat(session.failed("ALTER TABLE $t CREATE TAG begin", 409)).startsWith("already_exists");
        session.done("ALTER TABLE $t CREATE OR REPLACE TAG begin");
        assertThat(session.rows("SELECT count(*) FROM $t.tag_begin")).isEqualTo("2");
        assertThat(session.failed("ALTER TABLE $t DROP TAG work", 404)).contains("no tag work");
        assertThat(session.failed("ALTER TABLE $t DROP BRANCH main", 400)).contains("cannot be dropped");
        assertThat(session.failed("ALTER TABLE $t CREATE TAG x AS OF VERSION 12", 404))
                .contains("no version 12");
        session.done("ALTER TABLE $t DROP TAG IF EXISTS nothing");
        session.done("ALTER TABLE $t DROP TAG begin");
        session.done("ALTER TABLE $t DROP BRANCH work");
        assertThat(session.rows("SELECT count(*) FROM $t.refs")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CREATE TABLE $s.u (a INT) PARTITIONED BY (day(a)); invalid_request; cannot be partitioned",
                "CREATE TABLE $s.u (a INT) PARTITIONED BY (week(a)); syntax_error; no transform week",
                "CREATE TABLE $s.u (a INT) PARTITIONED BY (bucket(0, a)); syntax_error; from 1",
                "CREATE TABLE $s.u (a INT) PARTITIONED BY (a, a); invalid_request; cannot be partitioned",
                "CREATE TABLE $s.u (a ARRAY<INT>) PARTITIONED BY (a); invalid_request; cannot be partitioned",
                "CREATE TABLE $s.u PARTITIONED BY (b) AS SELECT 1 AS a; binding_error; which they lack",
                "CREATE TABLE $s.u (a INT) SORTED BY (b); invalid_request; no column b",
                "CREATE TABLE $s.u (a INT) LOCATION '/tmp/x'; statement_not_allowed; LOCATION",
                "CREATE TABLE $s.u (a INT) TBLPROPERTIES ('write.data.path' = '/tmp/x'); invalid_request; not allowed",
                "CREATE TABLE $s.u (a INT) TBLPROPERTIES ('write.location-provider.impl' = 'x'); invalid_request; not allowed",
                "CREATE TABLE $s.u (a INT) TBLPROPERTIES ('commit.retry.num-retries' = 'x'); invalid_request; is a number",
                "CREATE TABLE $s.u (a INT) TBLPROPERTIES ('write.format.default' = 'orc'); invalid_request; parquet",
                "CREATE TABLE $s.u (a INT) TBLPROPERTIES ('format-version' = '9'); invalid_request; 1, 2 or 3",
                "CREATE TABLE $s.u (a INT DEFAULT 'x') TBLPROPERTIES ('format-version' = '3'); type_error; cannot be the default",
                "CREATE TABLE $s.u (a INT DEFAULT now()); syntax_error; a constant",
                "CREATE TABLE $s.u LIKE $s.nothing; unknown_table; nothing",
                "ALTER TABLE $t SET TBLPROPERTIES ('write.metadata.path' = 'x'); invalid_request; not allowed",
                "ALTER TABLE $t SET TBLPROPERTIES ('tarn.tags' = 'x'); invalid_request; not allowed",
                "ALTER TABLE $t SET TBLPROPERTIES ('format-version' = '1'); invalid_request; cannot be changed",
                "ALTER TABLE $t UNSET TBLPROPERTIES ('uuid'); invalid_request; keeps it itself",
                "ALTER TABLE $t ALTER COLUMN name SET NOT NULL; invalid_request; cannot be changed",
                "ALTER TABLE $t ADD COLUMN x INT NOT NULL; invalid_request; cannot be changed",
                "ALTER TABLE $t ADD PARTITION FIELD nothing; invalid_request; no column nothing",
                "ALTER TABLE $t DROP PARTITION FIELD id; invalid_request; cannot be changed",
                "ALTER TABLE $t WRITE ORDERED BY nothing; invalid_request; no column nothing",
            })
    void whatCannotBeIsRefused(String statement, String code, String told) {
        session.done("CREATE TABLE $t (id BIGINT NOT NULL, name STRING)");
        Reply reply = session.sql(statement);
        assertThat(reply.json().at("/error/code").asString()).as(reply.body()).isEqualTo(code);
        assertThat(reply.json().at("/error/message").asString()).containsIgnoringCase(told);
        assertThat(reply.body()).doesNotContain("/work", "/tmp/tarn");
        assertThat(session.rows("DESCRIBE $t")).isEqualTo("id,BIGINT,null|name,STRING,null");
    }

    @Test
    void oneChangesOnlyWhatOneMay() {
        session.done("CREATE TABLE $t (id BIGINT, name STRING)");
        LimitedUser user = LimitedUser.of(SERVER).reads(session.table("t"), List.of("id"), null);
        for (String statement : List.of(
                "ALTER TABLE $t SET TBLPROPERTIES (a = 'b')",
                "ALTER TABLE $t ADD PARTITION FIELD id",
                "ALTER TABLE $t WRITE ORDERED BY id",
                "ALTER TABLE $t CREATE TAG x",
                "CREATE TABLE $s.u LIKE $t")) {
            Reply reply = user.post("/v1/sql/execute", SqlSession.body(session.text(statement)));
            assertThat(reply.status()).as(statement + reply.body()).isEqualTo(403);
        }
        session.done("DROP TABLE $t");
        Reply undropped = user.post("/v1/sql/execute", SqlSession.body(session.text("UNDROP TABLE $t")));
        assertThat(undropped.status()).as(undropped.body()).isEqualTo(404);
        Reply listed = user.post("/v1/sql/execute", SqlSession.body("SHOW DROPPED TABLES"));
        assertThat(listed.json().get("rows")).isEmpty();
        assertThat(session.rows("SHOW DROPPED TABLES")).contains(",t,");
        session.done("UNDROP TABLE $t");
        Reply again = user.post("/v1/sql/execute", SqlSession.body(session.text("SELECT * FROM $t")));
        assertThat(again.status()).as("its grants came back: " + again.body()).isEqualTo(200);
        assertThat(again.json().get("columns").toString()).contains("id").doesNotContain("name\":\"name");
    }

    /** What SHOW CREATE TABLE says makes an equal table. */
    @Test
    void theTextOfATableMakesAnother() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            String name = "r" + i;
            session.done(RandomTables.create(random, session.text("$s." + name)));
            String text = session.done("SHOW CREATE TABLE $s." + name)
                    .json()
                    .at("/rows/0/createtab_stmt")
                    .asString();
            session.done(text.replace("." + name + " (", "." + name + "_again ("));
            BaseTable first = iceberg(name);
            BaseTable again = iceberg(name + "_again");
            String why = "seed " + seed + ": " + text;
            assertThat(again.schema().asStruct())
                    .as(why)
                    .isEqualTo(first.schema().asStruct());
            assertThat(again.spec().fields()).as(why).isEqualTo(first.spec().fields());
            assertThat(again.sortOrder()).as(why).isEqualTo(first.sortOrder());
            assertThat(again.properties()).as(why).isEqualTo(first.properties());
            assertThat(again.operations().current().formatVersion())
                    .isEqualTo(first.operations().current().formatVersion());
        }
    }

    /** Statements that make tables of any shape. */
    private static final class RandomTables {
        private static final List<String> TYPES = List.of(
                "BOOLEAN",
                "INT",
                "BIGINT",
                "FLOAT",
                "DOUBLE",
                "DECIMAL(12,3)",
                "STRING",
                "BINARY",
                "DATE",
                "TIME",
                "TIMESTAMP",
                "TIMESTAMPTZ",
                "UUID",
                "ARRAY<STRUCT<a: INT, \"b c\": STRING>>",
                "MAP<STRING, BIGINT>");
        private static final Map<String, String> DEFAULTS = Map.of(
                "BOOLEAN",
                "FALSE",
                "INT",
                "-3",
                "DOUBLE",
                "1e-7",
                "DECIMAL(12,3)",
                "2.5",
                "STRING",
                "'it''s'",
                "DATE",
                "DATE '1969-12-31'",
                "TIMESTAMPTZ",
                "'2026-01-01 10:00:00.5+02'",
                "UUID",
                "'11111111-2222-3333-4444-555555555555'",
                "BINARY",
                "X'00ff'");
        private static final Map<String, List<String>> TRANSFORMS = Map.of(
                "INT", List.of("%s", "bucket(5, %s)", "truncate(7, %s)"),
                "STRING", List.of("%s", "truncate(2, %s)", "bucket(3, %s)"),
                "DATE", List.of("years(%s)", "months(%s)", "days(%s)"),
                "TIMESTAMP", List.of("hours(%s)", "day(%s)"),
                "DECIMAL(12,3)", List.of("bucket(9, %s)"));

        static String create(Random random, String table) {
            boolean third = random.nextBoolean();
            List<String> columns = new ArrayList<>();
            List<String> partitioning = new ArrayList<>();
            List<String> order = new ArrayList<>();
            int count = 2 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                String type = TYPES.get(random.nextInt(TYPES.size()));
                String name = random.nextInt(4) == 0 ? "\"odd \"\"name " + i + "\"" : "c" + i;
                String missing = third && random.nextBoolean() && DEFAULTS.containsKey(type)
                        ? " DEFAULT " + DEFAULTS.get(type)
                        : "";
                columns.add(name + " " + type + (random.nextInt(3) == 0 ? " NOT NULL" : "") + missing
                        + (random.nextInt(3) == 0 ? " COMMENT 'about it''s " + i + "'" : ""));
                List<String> transforms = TRANSFORMS.getOrDefault(type, List.of());
                if (!transforms.isEmpty() && random.nextBoolean()) {
                    partitioning.add(
                            transforms.get(random.nextInt(transforms.size())).formatted(name));
                }
                if (!transforms.isEmpty() && random.nextInt(3) == 0) {
                    order.add(transforms.get(random.nextInt(transforms.size())).formatted(name)
                            + (random.nextBoolean() ? " DESC" : "")
                            + (random.nextBoolean() ? " NULLS LAST" : ""));
                }
            }
            return "CREATE TABLE " + table + " (" + String.join(", ", columns) + ")"
                    + (partitioning.isEmpty() ? "" : " PARTITIONED BY (" + String.join(", ", partitioning) + ")")
                    + (order.isEmpty() ? "" : " ORDERED BY (" + String.join(", ", order) + ")")
                    + (random.nextBoolean() ? " COMMENT 'a ''table'''" : "")
                    + " TBLPROPERTIES ('mine' = 'a=b, \"c\" ''d'''" + (third ? ", 'format-version' = '3'" : "") + ")";
        }
    }
}
