package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/statements}: the history. */
class StatementHistoryGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private static JsonNode record(RunningServer server, String id, String state) {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (true) {
            Reply reply = server.get("/tarn/v1/statements/" + id);
            if (reply.status() == 200 && reply.json().get("state").asString().equals(state)) {
                return reply.json();
            }
            assertThat(Instant.now()).as(reply.toString()).isBefore(end);
        }
    }

    @Test
    void whatWasRunIsKnownWithItsEnd() {
        String id = UUID.randomUUID().toString();
        assertThat(SERVER.post(
                                "/tarn/v1/statements",
                                "{\"id\":\"%s\",\"statement\":\"select 41 + 1 as n\"}".formatted(id))
                        .status())
                .isEqualTo(200);
        JsonNode record = record(SERVER, id, "completed");
        assertThat(List.copyOf(record.propertyNames()))
                .containsExactly(
                        "id",
                        "statement",
                        "state",
                        "user",
                        "workspace",
                        "contract",
                        "started_at",
                        "finished_at",
                        "progress",
                        "elapsed_ms",
                        "row_count",
                        "bytes_scanned",
                        "tables",
                        "error");
        assertThat(record.get("statement").asString()).isEqualTo("select 41 + 1 as n");
        assertThat(record.get("row_count").asLong()).isEqualTo(1);
        assertThat(record.at("/user/name").asString()).isEqualTo("admin");
        assertThat(record.get("workspace").asString()).isEqualTo("default");
        assertThat(record.get("contract").asString()).isEqualTo("tarn");
        assertThat(record.get("error").isNull()).isTrue();

        String wrong = UUID.randomUUID().toString();
        SERVER.post("/tarn/v1/statements", "{\"id\":\"%s\",\"statement\":\"select nonsense\"}".formatted(wrong));
        assertThat(record(SERVER, wrong, "failed").at("/error/code").asString()).isEqualTo("binding_error");
    }

    @Test
    void whichFilesWereReadIsKnownWithTheReason() {
        String table = "read_" + UUID.randomUUID().toString().substring(0, 8);
        for (String statement : List.of(
                "CREATE TABLE %s (day INT, n INT) PARTITIONED BY (day)".formatted(table),
                "INSERT INTO %s VALUES (1, 1), (2, 2), (3, 3)".formatted(table))) {
            assertThat(SERVER.post("/tarn/v1/statements", "{\"statement\":\"%s\"}".formatted(statement))
                            .status())
                    .isEqualTo(200);
        }
        String id = UUID.randomUUID().toString();
        SERVER.post("/tarn/v1/statements", """
                {"id": "%s", "statement": "SELECT n FROM %s WHERE day = 2"}""".formatted(id, table));

        JsonNode tables = record(SERVER, id, "completed").get("tables");
        assertThat(tables).hasSize(1);
        assertThat(tables.get(0).get("name").asString()).isEqualTo("iceberg.default." + table);
        assertThat(tables.get(0).get("files_planned").asInt()).isEqualTo(1);
        assertThat(tables.get(0).get("files_total").asInt()).isEqualTo(3);
        assertThat(tables.get(0).get("conditions").get(0).asString()).isEqualTo("day = 2");
    }

    @Test
    void everyContractsStatementsAreListedAndFound() {
        String word = "w" + UUID.randomUUID().toString().replace("-", "");
        SERVER.post("/v1/sql/execute", "{\"statement\":\"select '%s' as a\"}".formatted(word));
        SERVER.post("/tarn/v1/statements", "{\"statement\":\"select '%s' as b\"}".formatted(word));
        JsonNode found;
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        do {
            found = SERVER.get("/tarn/v1/statements?q=" + word.toUpperCase(java.util.Locale.ROOT))
                    .json()
                    .get("statements");
        } while (found.size() < 2 && Instant.now().isBefore(end));
        assertThat(found).hasSize(2);
        assertThat(found.get(0).get("contract").asString()).isEqualTo("tarn");
        assertThat(found.get(1).get("contract").asString()).isEqualTo("datalynxr");

        JsonNode first = SERVER.get("/tarn/v1/statements?limit=1&q=" + word).json();
        JsonNode second = SERVER.get("/tarn/v1/statements?q=" + word + "&cursor="
                        + first.get("next_cursor").asString())
                .json();
        assertThat(second.get("statements")).hasSize(1);
        assertThat(second.get("statements").get(0)).isEqualTo(found.get(1));
        assertThat(SERVER.get("/tarn/v1/statements?q=%25" + word).json().get("statements"))
                .isEmpty();
        for (String wrong : List.of("state=done", "user=you", "limit=0", "cursor=x")) {
            assertThat(SERVER.get("/tarn/v1/statements?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(SERVER.get("/tarn/v1/statements/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    @Test
    void whatRunsIsSeenAndCancelled() {
        String id = UUID.randomUUID().toString();
        CompletableFuture<Reply> running = CompletableFuture.supplyAsync(() -> SERVER.post(
                "/tarn/v1/statements",
                "{\"id\":\"%s\",\"statement\":\"select count(*) from range(1000000000000) a, range(1000000) b\"}"
                        .formatted(id)));
        record(SERVER, id, "running");
        assertThat(SERVER.get("/tarn/v1/statements?state=running&user=all").body())
                .contains(id);
        assertThat(SERVER.delete("/tarn/v1/statements/" + id).status()).isEqualTo(204);
        assertThat(running.join().status()).isEqualTo(409);
        assertThat(record(SERVER, id, "cancelled").at("/error/code").asString()).isEqualTo("statement_cancelled");
    }

    @Test
    void whatRanWhenItsServerEndedReadsFailed(@TempDir Path home) {
        String id = UUID.randomUUID().toString();
        String started = "%d".formatted(Instant.now().toEpochMilli() * 1000);
        try (RunningServer first = RunningServer.start(home)) {
            JsonNode session = first.get("/tarn/v1/session").json();
            dev.tarn.platform.database.Database database = first.bean(dev.tarn.platform.database.Database.class);
            database.inTransaction(() -> database.client()
                    .sql("""
                            INSERT INTO statement_history (tenant_id, user_id, statement_id, workspace_id, user_name, contract,
                                statement, state, started_at, lease_owner, lease_until)
                            VALUES (?, ?, ?, ?, 'admin', 'tarn', 'select 1', 'running', ?, 'dead', 9000000000000000)""")
                    .params(
                            session.at("/tenant/id").asString(),
                            session.at("/user/id").asString(),
                            id,
                            session.at("/workspace/id").asString(),
                            Long.parseLong(started))
                    .update());
        }
        try (RunningServer second = RunningServer.start(home)) {
            JsonNode record = record(second, id, "failed");
            assertThat(record.at("/error/code").asString()).isEqualTo("stopping");
        }
    }

    @Test
    void aUserKeepsTheNewestStatements(@TempDir Path home) {
        List<String> ids = java.util.stream.Stream.generate(
                        () -> UUID.randomUUID().toString())
                .limit(9)
                .toList();
        try (RunningServer first = RunningServer.start(home, "tarn.sql.history-per-user=4")) {
            for (String id : ids) {
                first.post("/tarn/v1/statements", "{\"id\":\"%s\",\"statement\":\"select 1\"}".formatted(id));
            }
            record(first, ids.getLast(), "completed");
        }
        try (RunningServer second = RunningServer.start(home)) {
            JsonNode kept = second.get("/tarn/v1/statements").json().get("statements");
            assertThat(kept.valueStream().map(one -> one.get("id").asString()).toList())
                    .isEqualTo(ids.reversed().subList(0, 4));
        }
    }
}
