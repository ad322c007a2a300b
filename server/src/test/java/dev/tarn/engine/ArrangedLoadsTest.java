package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import dev.tarn.catalog.CatalogTables;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Tables that want their rows arranged, and all that writes rows. */
class ArrangedLoadsTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final SqlSession session = new SqlSession(SERVER);

    private BaseTable iceberg() {
        return CatalogTables.of(SERVER, session.table("t"));
    }

    private void load(String mode, String csv) {
        Reply reply = SampleTables.load(SERVER, session.table("t"), mode, csv);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @Test
    void loadsOfFilesArePartitionedAndSorted() {
        session.done("CREATE TABLE $t (id BIGINT, name STRING, price DECIMAL(9,2), day DATE DEFAULT DATE '2026-05-05',"
                + " must INT NOT NULL DEFAULT 3) PARTITIONED BY (bucket(3, id), truncate(1, name), month(day))"
                + " SORTED BY (price DESC) TBLPROPERTIES ('format-version' = '3')");
        load("append", "id,name,price\n1,ann,1.50\n2,bob,2\n3,amy,3.25\n4,,\n");
        assertThat(PartitionValues.check(iceberg())).isEqualTo(4);
        assertThat(session.rows("SELECT id, day, must FROM $t ORDER BY id"))
                .isEqualTo("1,2026-05-05,3|2,2026-05-05,3|3,2026-05-05,3|4,2026-05-05,3");
        load("append", "id,name,price,day,must\n5,cy,9.99,2025-01-01,7\n");
        assertThat(PartitionValues.check(iceberg())).isEqualTo(5);
        Reply json = SERVER.send(
                "POST",
                "/tarn/v1/loads?table=" + session.table("t") + "&filename=a.json&mode=append",
                "[{\"id\": 6, \"name\": \"dee\"}]",
                "Authorization",
                "Bearer " + SERVER.key(),
                "Content-Type",
                "application/octet-stream");
        assertThat(json.status()).as(json.body()).isEqualTo(200);
        assertThat(PartitionValues.check(iceberg())).isEqualTo(6);
        assertThat(session.rows("SELECT day, must FROM $t WHERE id = 6")).isEqualTo("2026-05-05,3");
        load("replace", "id,name,price,day,must\n7,zoe,1,2026-01-01,1\n8,zac,2,2026-01-01,1\n");
        assertThat(iceberg().spec().isPartitioned()).isTrue();
        assertThat(PartitionValues.check(iceberg())).isEqualTo(2);
        load("replace", "id,name,day,price,more\n7,zoe,2026-01-01,2,1\n");
        assertThat(iceberg().spec().fields()).hasSize(3);
        assertThat(PartitionValues.check(iceberg())).isEqualTo(1);
        Reply lacking = SampleTables.load(SERVER, session.table("t"), "replace", "id,other\n7,zoe\n");
        assertThat(lacking.status()).as(lacking.body()).isBetween(400, 422);
        assertThat(session.rows("SELECT count(*) FROM $t")).isEqualTo("1");
    }

    @Test
    void resultsAreKeptInPartitions() {
        session.done("CREATE TABLE $t (id BIGINT, name STRING) PARTITIONED BY (name)");
        Reply kept = SERVER.post(
                "/tarn/v1/statements/export",
                JSON.writeValueAsString(JSON.createObjectNode()
                        .put("statement", "SELECT i AS id FROM range(5) r(i)")
                        .put("table", session.table("t"))
                        .put("mode", "append")));
        assertThat(kept.status()).as(kept.body()).isBetween(200, 201);
        assertThat(PartitionValues.check(iceberg())).isEqualTo(5);
        session.done("INSERT INTO $t SELECT i, 'n' || (i % 5) FROM range(50) r(i)");
        assertThat(PartitionValues.tasks(iceberg())).hasSize(6);
    }

    @Test
    void partitionsThatCannotMatchAreSkipped() {
        session.done("CREATE TABLE $t (id BIGINT, sold TIMESTAMP, region STRING) PARTITIONED BY (day(sold), region)");
        session.done(
                "INSERT INTO $t SELECT i, TIMESTAMP '2026-01-01' + to_hours(i), 'r' || (i % 2) FROM range(240) r(i)");
        assertThat(PartitionValues.tasks(iceberg())).hasSize(20);
        assertThat(planned("SELECT * FROM $t WHERE region = 'r1'")).isEqualTo("20 10");
        assertThat(planned("SELECT * FROM $t WHERE sold >= TIMESTAMP '2026-01-10' AND region = 'r0'"))
                .isEqualTo("20 1");
        assertThat(session.rows("SELECT count(*) FROM $t WHERE sold >= TIMESTAMP '2026-01-10' AND region = 'r0'"))
                .isEqualTo("12");
        assertThat(session.rows("SELECT partition.region, sum(record_count) FROM $t.partitions GROUP BY 1 ORDER BY 1"))
                .isEqualTo("r0,120|r1,120");
    }

    private String planned(String sql) {
        Reply reply = SERVER.post("/tarn/v1/statements/explain", SqlSession.body(session.text(sql)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        var table = reply.json().get("tables").get(0);
        return table.get("files_total").asString() + " "
                + table.get("files_planned").asString();
    }

    @Test
    void manyPartitionsAreWritten() {
        session.done("CREATE TABLE $t (id BIGINT, day DATE) PARTITIONED BY (day(day))");
        assertThat(session.written("INSERT INTO $t SELECT i, DATE '2000-01-01' + (i % 800)::INT FROM range(8000) r(i)"))
                .isEqualTo(8_000);
        assertThat(PartitionValues.tasks(iceberg())).hasSize(800);
        assertThat(session.rows("SELECT count(*), sum(id) FROM $t")).isEqualTo("8000,31996000");
        assertThat(session.failed("INSERT INTO $t SELECT i, DATE '1900-01-01' + i::INT FROM range(25000) r(i)", 400))
                .contains("25000 partitions");
        assertThat(session.rows("SELECT count(*) FROM $t")).isEqualTo("8000");
        assertThat(List.of(session.rows("SELECT count(*) FROM $t.partitions"))).containsExactly("800");
    }
}
