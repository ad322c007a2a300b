package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import dev.tarn.catalog.CatalogTables;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is told of tables beside their rows, and to whom. */
class MetadataTablesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NAMESPACE = "m" + UUID.randomUUID().toString().replace("-", "");
    private static final String TABLE = "iceberg." + NAMESPACE + ".orders";
    private static final String NESTED = "iceberg." + NAMESPACE + ".deep.level.orders";

    @BeforeAll
    static void makeTables() {
        for (String table : List.of(TABLE, NESTED)) {
            load(table, "create", "id,\"odd name\",at\n1,ann,2026-01-01\n2,bob,2026-02-01\n");
            load(table, "append", "id,\"odd name\",at\n3,cy,2026-03-01\n");
        }
    }

    private static void load(String table, String mode, String csv) {
        RunningServer.Reply reply = SampleTables.load(SERVER, table, mode, csv);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    private static RunningServer.Reply run(String statement) {
        return SERVER.post(
                "/tarn/v1/statements",
                JSON.writeValueAsString(JSON.createObjectNode()
                        .put("statement", statement.replace("TABLE", TABLE).replace("NESTED", NESTED))
                        .put("schema", NAMESPACE)));
    }

    private static JsonNode rows(String statement) {
        RunningServer.Reply reply = run(statement);
        assertThat(reply.status()).as(statement + " " + reply.body()).isEqualTo(200);
        return reply.json().get("rows");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select count(*) from orders$files | [[2]]",
                "select count(*) from ORDERS$Files f where f.record_count = 2 | [[1]]",
                "select count(\"orders$files\".file_path) from \"orders$files\" | [[2]]",
                "select files.record_count from orders.files order by 1 | [[1],[2]]",
                "select count(*) from NESTED.files | [[2]]",
                "select count(*) from NESTED$files | [[2]]",
                "select count(*) from NESTED.branch_main b where b.id > 1 | [[2]]",
                "select readable_metrics.id.upper_bound from TABLE$files order by 1 | [[2],[3]]",
                "select readable_metrics.\"odd name\".lower_bound from TABLE$files order by 1 | [[\"ann\"],[\"cy\"]]",
                "select readable_metrics.at.lower_bound::varchar from TABLE$files order by 1 | [[\"2026-01-01\"],[\"2026-03-01\"]]",
                "select value_counts[1] from TABLE$files order by 1 | [[1],[2]]",
                "select count(*) from TABLE$snapshots s join TABLE$history h using (snapshot_id) where s.parent_id is null | [[1]]",
                "select summary['added-records'] from TABLE$snapshots order by committed_at | [[\"2\"],[\"1\"]]",
                "select count(*) from TABLE where id > (select min(record_count) from TABLE$files) | [[2]]",
                "select count(distinct path) from TABLE$manifests | [[2]]",
                "with orders$files as (select 7 as x) select x from orders$files | [[7]]"
            })
    void rowsOfMetadata(String statement, String rows) {
        assertThat(rows(statement)).hasToString(rows);
    }

    @Test
    void aVersionsFilesAreItsOwn() {
        long first = rows("select snapshot_id from TABLE$snapshots where parent_id is null")
                .get(0)
                .get(0)
                .asLong();
        assertThat(rows("select sum(record_count) from orders$files version as of " + first))
                .hasToString("[[2]]");
        assertThat(rows(
                        "select (select sum(record_count) from TABLE.files version as of %d), sum(record_count) from TABLE.files"
                                .formatted(first)))
                .hasToString("[[2,3]]");
        assertThat(run("select * from TABLE$snapshots version as of " + first).status())
                .isEqualTo(400);
        assertThat(run("select * from TABLE$files version as of 3").status()).isEqualTo(404);
        assertThat(run("select * from TABLE.files version as of 3").status()).isEqualTo(404);
        assertThat(run("select * from TABLE.branch_none").status()).isEqualTo(404);
    }

    /** A table whose specification has changed, without any row: there is a partition column and nothing in it. */
    @Test
    void tablesWithPartitions() {
        String name = SampleTables.make(SERVER, "id,kind\n1,a\n2,b\n");
        BaseTable table = CatalogTables.of(SERVER, name);
        table.updateSpec().addField("kind").commit();
        assertThat(rows("select count(*), count(partition.kind) from %s$files".formatted(name)))
                .hasToString("[[1,0]]");
        assertThat(rows("select record_count from %s$partitions".formatted(name)))
                .hasToString("[[2]]");
        assertThat(rows("show create table " + name).toString()).contains("PARTITIONED BY (kind)");
    }

    @Test
    void noPlaceOfTheServerIsTold() {
        for (String kind : List.of("snapshots", "files", "history", "partitions", "refs", "manifests")) {
            RunningServer.Reply reply = run("select * from TABLE$" + kind);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(reply.body()).doesNotContain("file:", SERVER.home().toString(), "\"/");
        }
        assertThat(rows("select file_path from orders$files limit 1").toString())
                .contains(NAMESPACE, "/data/", ".parquet");
        assertThat(run("show create table orders").body())
                .doesNotContain("file:", SERVER.home().toString());
        assertThat(run("select nothing from orders$files").body())
                .doesNotContain(SERVER.home().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshots", "files", "partitions", "manifests"})
    void whoSeesAPartIsToldNothingOfTheRest(String kind) {
        for (LimitedUser user : List.of(
                LimitedUser.of(SERVER).reads(TABLE, List.of("id"), null),
                LimitedUser.of(SERVER).reads(TABLE, List.of(), "id = 1"))) {
            for (String name : List.of(TABLE + "$" + kind, TABLE + "." + kind)) {
                RunningServer.Reply reply = user.run("select * from " + name, "default");
                assertThat(reply.status()).as(reply.body()).isEqualTo(403);
                assertThat(user.run("describe " + name, "default").status()).isIn(403, 404);
            }
            assertThat(user.rows("select count(*) from " + TABLE + "$history")).isEqualTo("[[2]]");
            assertThat(user.rows("select name from " + TABLE + ".refs")).isEqualTo("[[\"main\"]]");
            assertThat(user.rows("show tblproperties " + TABLE)).isEqualTo("[]");
        }
    }

    @Test
    void whoSeesNothingFindsNothing() {
        LimitedUser user = LimitedUser.of(SERVER);
        for (String name : List.of(TABLE + "$files", TABLE + ".refs", TABLE + ".branch_main")) {
            assertThat(user.run("select * from " + name, "default").status()).isEqualTo(404);
        }
        assertThat(user.run("show create table " + TABLE, "default").status()).isEqualTo(404);
        assertThat(user.rows("select count(*) from information_schema.tables where table_schema = '%s'"
                        .formatted(NAMESPACE)))
                .isEqualTo("[[0]]");
    }

    @Test
    void theInformationSchemaHasWhatTheCallerMayDescribe() {
        LimitedUser user = LimitedUser.of(SERVER).reads(TABLE, List.of("id"), null);
        String where = " where table_schema = '%s' order by 1".formatted(NAMESPACE);
        assertThat(user.rows("select column_name from information_schema.columns" + where))
                .isEqualTo("[[\"id\"]]");
        assertThat(user.rows("select table_name from INFORMATION_SCHEMA.Tables t" + where))
                .isEqualTo("[[\"orders\"]]");
        assertThat(user.rows("show create table " + TABLE))
                .contains("id BIGINT")
                .doesNotContain("odd", "at ");
        assertThat(rows(
                        "select column_name, data_type from information_schema.columns where table_schema = '%s.deep.level' order by ordinal_position"
                                .formatted(NAMESPACE)))
                .hasToString("[[\"id\",\"BIGINT\"],[\"odd name\",\"STRING\"],[\"at\",\"DATE\"]]");
        assertThat(run("select * from information_schema.secrets").status()).isEqualTo(404);
        assertThat(run("select * from information_schema.tables version as of 3")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theFilesOfTheServersRowsGoWithTheStatement() throws java.io.IOException {
        rows("select * from TABLE$files");
        run("select 1 / 0 + nothing from TABLE$files");
        try (var files = java.nio.file.Files.walk(SERVER.home().resolve("tmp"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("rows-")))
                    .isEmpty();
        }
    }
}
