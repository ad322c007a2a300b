package dev.tarn.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import dev.tarn.adoption.HadoopLake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tables that nobody looks after are looked after, unless that is switched off. */
@Tag("slow")
class UpkeepByItselfTest {
    private static final int COMMITS = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path home;

    @TempDir
    Path lake;

    @Test
    void smallFilesArePutTogetherAndTheLogSaysWhy() {
        try (RunningServer server = RunningServer.start(home, "tarn.upkeep.rounds=300ms")) {
            String busy = SampleTables.make(server, "id\n0\n");
            String left = SampleTables.make(server, "id\n0\n");
            Reply off = server.put("/tarn/v1/tables/" + left + "/upkeep-policy", "{\"enabled\": false}");
            assertThat(off.status()).as(off.body()).isEqualTo(200);
            for (int i = 1; i <= COMMITS; i++) {
                insert(server, busy, i);
                insert(server, left, i);
            }

            JsonNode job = done(server, busy);
            assertThat(job.get("by").asString()).isEqualTo("tarn");
            assertThat(job.get("operation").asString()).isEqualTo("compact");
            assertThat(job.get("why").asString()).contains("data files are small");
            assertThat(job.at("/result/rewritten_files").asInt()).isGreaterThanOrEqualTo(20);
            assertThat(sum(server, busy)).isEqualTo(sum(server, left));
            assertThat(server.get("/tarn/v1/tables/" + busy + "/health")
                            .json()
                            .at("/files/count")
                            .asInt())
                    .isLessThan(20);
            assertThat(server.get("/tarn/v1/tables/" + left + "/upkeep").json().get("jobs"))
                    .isEmpty();
        }
    }

    @Test
    void aTableThatIsAnothersTooIsLeftAloneUnlessItsOwnPolicySaysOtherwise() {
        try (RunningServer server =
                RunningServer.start(home, "tarn.upkeep.rounds=300ms", "tarn.storage.roots=" + lake)) {
            try (HadoopLake other = new HadoopLake(lake)) {
                other.table("theirs.numbers", LongStream.range(0, COMMITS).toArray());
            }
            Map<Path, String> before = HadoopLake.files(lake);
            Reply adopted = server.post("/tarn/v1/adoptions", "{\"kind\": \"hadoop\", \"location\": \"" + lake + "\"}");
            assertThat(adopted.status()).as(adopted.body()).isEqualTo(202);
            String table = "iceberg.theirs.numbers";
            waitFor(() -> server.get("/tarn/v1/tables/" + table).status() == 200);
            String ours = SampleTables.make(server, "id\n0\n");
            for (int i = 1; i <= COMMITS; i++) {
                insert(server, ours, i);
            }
            // Rounds have looked at both by then.
            done(server, ours);
            assertThat(server.get("/tarn/v1/tables/" + table + "/upkeep").json().get("jobs"))
                    .isEmpty();
            assertThat(HadoopLake.files(lake)).isEqualTo(before);

            Reply wanted = server.put("/tarn/v1/tables/" + table + "/upkeep-policy", "{\"enabled\": true}");
            assertThat(wanted.status()).as(wanted.body()).isEqualTo(200);
            assertThat(done(server, table).get("operation").asString()).isEqualTo("compact");
        }
    }

    private static void waitFor(BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static JsonNode done(RunningServer server, String table) {
        waitFor(() -> {
            JsonNode jobs = jobs(server, table);
            return !jobs.isEmpty() && jobs.get(0).get("state").asString().equals("completed");
        });
        JsonNode jobs = jobs(server, table);
        return jobs.get(jobs.size() - 1);
    }

    private static JsonNode jobs(RunningServer server, String table) {
        return server.get("/tarn/v1/tables/" + table + "/upkeep").json().get("jobs");
    }

    private static void insert(RunningServer server, String table, int number) {
        sql(server, "INSERT INTO %s VALUES (%d)".formatted(table, number));
    }

    private static String sum(RunningServer server, String table) {
        return sql(server, "SELECT count(*) AS n, sum(id) AS s FROM " + table)
                .json()
                .get("rows")
                .toString();
    }

    private static Reply sql(RunningServer server, String statement) {
        Reply reply = server.post("/v1/sql/execute", "{\"statement\": \"%s\"}".formatted(statement));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply;
    }
}
