package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How tables are, and what is done for them. */
class UpkeepGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    @Test
    void theHealthOfATableIsTold() {
        String table = SampleTables.make(SERVER, "id,name\n1,a\n2,b\n");
        JsonNode few = health(table);
        assertThat(few.get("recommendation").asString())
                .isEqualTo("Nothing is to be done: the table is in good health.");
        assertThat(few.at("/files/count").asInt()).isEqualTo(1);
        assertThat(few.at("/files/small").asInt()).isZero();

        for (int i = 0; i < 5; i++) {
            sql("INSERT INTO %s VALUES (%d, '%c')".formatted(table, 10 + i, 'c' + i));
        }
        JsonNode many = health(table);
        assertThat(many.get("table").asString()).isEqualTo(table);
        assertThat(many.get("snapshot_count").asInt()).isEqualTo(6);
        assertThat(many.at("/files/count").asInt()).isEqualTo(6);
        assertThat(many.at("/files/rows").asInt()).isEqualTo(7);
        assertThat(many.at("/files/small").asInt()).isEqualTo(6);
        assertThat(many.at("/saving/files").asInt()).isEqualTo(5);
        assertThat(many.get("recommendation").asString())
                .isEqualTo("Consider compaction: 6 of 6 data files are small, and 5 fewer would hold the same rows.");
        JsonNode id = many.at("/columns/0");
        assertThat(id.get("name").asString()).isEqualTo("id");
        assertThat(id.get("lower").asString()).isEqualTo("1");
        assertThat(id.get("upper").asString()).isEqualTo("14");
        assertThat(id.get("values").asInt()).isEqualTo(7);
        assertThat(many.at("/sizes/0/files").asInt()).isEqualTo(6);
        assertThat(many.at("/growth/rows_per_day").asDouble()).isEqualTo(7 * 24.0);
        assertThat(many.at("/partitions/count").asInt()).isEqualTo(1);

        JsonNode ranked = SERVER.get("/tarn/v1/upkeep/tables").json();
        assertThat(ranked.get("complete").isBoolean()).isTrue();
        List<Double> hurts = ranked.get("tables")
                .valueStream()
                .map(one -> one.get("hurts").asDouble())
                .toList();
        assertThat(hurts).isSortedAccordingTo(Comparator.reverseOrder());
        JsonNode one = ranked.get("tables")
                .valueStream()
                .filter(known -> known.get("table").asString().equals(table))
                .findFirst()
                .orElseThrow();
        assertThat(one.get("small_files").asInt()).isEqualTo(6);
        assertThat(one.get("scan_share").asDouble()).isBetween(0.5, 1.0);
    }

    @Test
    void deletesAndPartitionsAndOrderAreCounted() {
        String table = SampleTables.make(SERVER, "id\n1\n") + "_parts";
        sql(
                "CREATE TABLE %s (day DATE, n BIGINT) PARTITIONED BY (day) TBLPROPERTIES ('write.delete.mode' = 'merge-on-read')"
                        .formatted(table));
        sql("ALTER TABLE %s WRITE ORDERED BY n".formatted(table));
        sql("INSERT INTO %s SELECT DATE '2026-01-01', range FROM range(1000)".formatted(table));
        sql("INSERT INTO %s SELECT DATE '2026-01-01', range FROM range(1000)".formatted(table));
        sql("INSERT INTO %s SELECT DATE '2026-01-02', range FROM range(600, 610)".formatted(table));
        sql("DELETE FROM %s WHERE n < 500".formatted(table));

        JsonNode health = health(table);
        assertThat(health.at("/partitions/count").asInt()).isEqualTo(2);
        assertThat(health.at("/partitions/skew").asDouble()).isGreaterThan(1);
        assertThat(health.at("/deletes/files").asInt()).isPositive();
        assertThat(health.at("/deletes/positions").asInt()).isEqualTo(1000);
        assertThat(health.at("/deletes/ratio").asDouble()).isBetween(0.45, 0.55);
        assertThat(health.get("clustering_depth").asDouble()).isEqualTo((1 + 2 + 1) / 3.0);
        assertThat(health.get("recommendation").asString()).contains("50 % of the rows are deleted");
    }

    @Test
    void smallFilesBecomeOneAndOldVersionsGo() {
        String table = SampleTables.make(SERVER, "id,name\n1,a\n2,b\n");
        for (int i = 0; i < 5; i++) {
            sql("INSERT INTO %s VALUES (%d, '%c')".formatted(table, 10 + i, 'c' + i));
        }
        Reply accepted = start(table, "{\"operation\": \"compact\"}");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        assertThat(accepted.json().get("operation").asString()).isEqualTo("compact");
        JsonNode compacted = ended(accepted);
        assertThat(compacted.at("/result/rewritten_files").asInt()).isEqualTo(6);
        assertThat(compacted.at("/result/new_files").asInt()).isEqualTo(1);
        assertThat(compacted.at("/result/rewritten_bytes").asLong()).isPositive();
        JsonNode after = health(table);
        assertThat(after.at("/files/count").asInt()).isEqualTo(1);
        assertThat(after.at("/files/rows").asInt()).isEqualTo(7);

        JsonNode preview = ended(start(table, "{\"operation\": \"expire\", \"retain_last\": 1, \"dry_run\": true}"));
        assertThat(preview.at("/result/expired_count").asInt()).isEqualTo(6);
        assertThat(health(table).get("snapshot_count").asInt()).isEqualTo(7);
        JsonNode expired = ended(start(table, "{\"operation\": \"expire\", \"retain_last\": 1}"));
        assertThat(expired.at("/result/expired_count").asInt()).isEqualTo(6);
        assertThat(expired.at("/result/remaining_count").asInt()).isEqualTo(1);
        assertThat(expired.at("/result/freed_bytes").asLong())
                .isEqualTo(preview.at("/result/freed_bytes").asLong());
        assertThat(health(table).get("snapshot_count").asInt()).isEqualTo(1);
        Reply rows = SERVER.post(
                "/v1/sql/execute", "{\"statement\": \"SELECT count(*), sum(id) FROM %s\"}".formatted(table));
        assertThat(rows.json().get("rows")).hasToString("[{\"count(1)\":7,\"sum(id)\":63}]");

        JsonNode jobs =
                SERVER.get("/tarn/v1/tables/" + table + "/upkeep").json().get("jobs");
        assertThat(jobs.valueStream().map(job -> job.get("operation").asString()))
                .containsExactly("expire", "expire", "compact");
        assertThat(SERVER.delete("/tarn/v1/upkeep/" + compacted.get("id").asString())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aJobIsSeenByWhoSeesItsTableAndNotByWhoSeesAnotherOfThatName() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        String path = "/tarn/v1/upkeep/"
                + ended(start(table, "{\"operation\": \"expire\", \"retain_last\": 1}"))
                        .get("id")
                        .asString();
        LimitedUser lead = LimitedUser.of(SERVER, "LeadDataEngineer");
        assertThat(lead.get(path).status()).isEqualTo(200);
        sql("ALTER TABLE %s RENAME TO %s_old".formatted(table, table));
        sql("CREATE TABLE %s (id BIGINT)".formatted(table));

        assertThat(lead.get(path).status())
                .as("of the table that has its name now")
                .isEqualTo(404);
        assertThat(SERVER.get(path).status()).as("one's own").isEqualTo(200);
        assertThat(SERVER.get("/tarn/v1/tables/" + table + "/upkeep").json().get("jobs"))
                .isEmpty();
        assertThat(SERVER.get("/tarn/v1/tables/" + table + "_old/upkeep").json().get("jobs"))
                .hasSize(1);
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        String table = SampleTables.make(SERVER, "id\n1\n");
        for (String wrong : List.of(
                "{}",
                "{\"operation\": \"polish\"}",
                "{\"operation\": \"compact\", \"strategy\": \"magic\"}",
                "{\"operation\": \"compact\", \"options\": {\"speed\": \"high\"}}",
                "{\"operation\": \"expire\", \"retain_last\": 0}",
                "{\"operation\": \"erase\"}")) {
            Reply refused = start(table, wrong);
            assertThat(refused.status()).as(wrong + refused.body()).isEqualTo(400);
        }
        assertThat(start("no.such", "{\"operation\": \"compact\"}").status()).isEqualTo(404);
        assertThat(SERVER.get("/tarn/v1/upkeep/01939e4c-3f10-7000-8000-000000000031")
                        .status())
                .isEqualTo(404);
    }

    private static Reply start(String table, String wanted) {
        return SERVER.post("/tarn/v1/tables/" + table + "/upkeep", wanted);
    }

    private static JsonNode ended(Reply accepted) {
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        String path = "/tarn/v1/upkeep/" + accepted.json().get("id").asString();
        JsonNode job = SERVER.get(path).json();
        while (List.of("queued", "running").contains(job.get("state").asString())) {
            LockSupport.parkNanos(10_000_000);
            job = SERVER.get(path).json();
        }
        assertThat(job.get("state").asString()).as(job.toString()).isEqualTo("completed");
        return job;
    }

    private static JsonNode health(String table) {
        Reply reply = SERVER.get("/tarn/v1/tables/" + table + "/health");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static void sql(String statement) {
        Reply reply = SERVER.post("/v1/sql/execute", "{\"statement\": \"%s\"}".formatted(statement));
        assertThat(reply.status()).as(statement + reply.body()).isEqualTo(200);
    }
}
