package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.util.Comparator;
import java.util.List;
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
