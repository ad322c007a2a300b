package dev.tarn.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
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

    private static JsonNode done(RunningServer server, String table) {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode jobs =
                server.get("/tarn/v1/tables/" + table + "/upkeep").json().get("jobs");
        while (Instant.now().isBefore(end)
                && (jobs.isEmpty() || !jobs.get(0).get("state").asString().equals("completed"))) {
            LockSupport.parkNanos(100_000_000);
            jobs = server.get("/tarn/v1/tables/" + table + "/upkeep").json().get("jobs");
        }
        assertThat(jobs).as("something was done in time").isNotEmpty();
        return jobs.get(jobs.size() - 1);
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
