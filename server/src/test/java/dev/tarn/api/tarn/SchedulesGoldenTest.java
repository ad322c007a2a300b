package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/schedules}. */
class SchedulesGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final String PATH = "/tarn/v1/schedules";

    private static String saved(String statement) {
        Reply made = SERVER.post(
                "/tarn/v1/saved-statements",
                "{\"name\": \"%s\", \"statement\": \"%s\", \"parameters\": {%s}, \"shared\": true}"
                        .formatted(UUID.randomUUID(), statement, statement.contains(":n") ? "\"n\": 5" : ""));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().get("id").asString();
    }

    private static JsonNode made(String saved, String more) {
        Reply made = SERVER.post(
                PATH,
                "{\"saved_statement_id\": \"%s\", \"cron\": \"30 6 * * MON-FRI\", \"zone\": \"Europe/Berlin\"%s}"
                        .formatted(saved, more));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private static JsonNode runOver(String schedule) {
        Reply begun = SERVER.post(PATH + "/" + schedule + "/run", "");
        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            JsonNode runs = SERVER.get(PATH + "/" + schedule + "/runs").json().get("runs");
            if (!List.of("queued", "running").contains(runs.get(0).get("state").asString())) {
                return runs.get(0);
            }
            assertThat(Instant.now()).isBefore(end);
            pause();
        }
    }

    private static String named() {
        return "iceberg.s" + UUID.randomUUID().toString().replace("-", "") + ".kept";
    }

    private static JsonNode rows(String statement) {
        Reply reply = SERVER.post("/tarn/v1/statements", "{\"statement\": \"%s\"}".formatted(statement));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().get("rows");
    }

    @Test
    void madeListedPausedResumedAndDeleted() {
        String saved = saved("select 1 where :n > 0");
        JsonNode made = made(saved, "");

        assertThat(List.copyOf(made.propertyNames()))
                .containsExactly(
                        "id",
                        "saved_statement_id",
                        "cron",
                        "zone",
                        "into",
                        "timeout_ms",
                        "paused",
                        "next_at",
                        "created_at");
        assertThat(made.get("saved_statement_id").asString()).isEqualTo(saved);
        assertThat(made.get("cron").asString()).isEqualTo("30 6 * * MON-FRI");
        assertThat(made.get("zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(made.get("into").isNull()).isTrue();
        assertThat(made.get("timeout_ms").asLong()).isEqualTo(3_600_000);
        assertThat(Instant.parse(made.get("next_at").asString())).isAfter(Instant.now());
        String own = PATH + "/" + made.get("id").asString();
        assertThat(SERVER.get(own).json()).isEqualTo(made);
        assertThat(SERVER.get(PATH + "?saved_statement_id=" + saved).json().get("schedules"))
                .singleElement()
                .isEqualTo(made);

        JsonNode paused = SERVER.post(own + "/pause", "").json();
        assertThat(paused.get("paused").asBoolean()).isTrue();
        assertThat(paused.get("next_at").isNull()).isTrue();
        assertThat(SERVER.post(own + "/resume", "").json()).isEqualTo(made);

        LimitedUser other = LimitedUser.of(SERVER, "Admin");
        assertThat(other.get(own).status()).isEqualTo(404);
        assertThat(SERVER.delete(own).status()).isEqualTo(204);
        assertThat(SERVER.get(own).status()).isEqualTo(404);
    }

    @Test
    void aRunKeepsItsRowsForItsOwner() {
        JsonNode run = runOver(made(saved("select :n * 2 as a"), "").get("id").asString());

        assertThat(List.copyOf(run.propertyNames()))
                .containsExactly(
                        "local", "at", "manual", "late", "statement_id", "state", "started_at", "finished_at", "error");
        assertThat(run.get("state").asString()).isEqualTo("completed");
        assertThat(run.get("manual").asBoolean()).isTrue();
        assertThat(run.get("error").isNull()).isTrue();
        JsonNode kept = SERVER.get("/tarn/v1/submitted-statements/"
                        + run.get("statement_id").asString())
                .json();
        assertThat(kept.get("rows")).hasToString("[[10]]");
    }

    @Test
    void itsRowsBecomeATables() {
        String table = named();
        String saved = saved("select 7 as a");
        String append = made(saved, ", \"into\": {\"table\": \"%s\", \"mode\": \"append\"}".formatted(table))
                .get("id")
                .asString();
        assertThat(runOver(append).get("state").asString()).isEqualTo("completed");
        assertThat(runOver(append).get("state").asString()).isEqualTo("completed");
        assertThat(rows("select a from " + table)).hasToString("[[7],[7]]");
        String replace = made(saved, ", \"into\": {\"table\": \"%s\", \"mode\": \"replace\"}".formatted(table))
                .get("id")
                .asString();
        assertThat(runOver(replace).get("state").asString()).isEqualTo("completed");
        assertThat(rows("select a from " + table)).hasToString("[[7]]");
        String create = made(saved, ", \"into\": {\"table\": \"%s\"}".formatted(table))
                .get("id")
                .asString();
        JsonNode failed = runOver(create);
        assertThat(failed.get("state").asString()).isEqualTo("failed");
        assertThat(failed.at("/error/code").asString()).isEqualTo("already_exists");
    }

    @Test
    void aScriptRunsByTheClockToo() {
        String table = named();
        String schedule = made(
                        saved("BEGIN; create or replace table %s as select 1 as a; insert into %s select 2; COMMIT"
                                .formatted(table, table)),
                        "")
                .get("id")
                .asString();
        assertThat(runOver(schedule).get("state").asString()).isEqualTo("completed");
        assertThat(runOver(schedule).get("state").asString()).isEqualTo("completed");
        assertThat(rows("select count(*) from " + table)).hasToString("[[2]]");
    }

    @Test
    void theStatementIsAsItReadsThenAndItsEndIsTheirs() {
        String saved = saved("select 1");
        String schedule = made(saved, "").get("id").asString();
        SERVER.put(
                "/tarn/v1/saved-statements/" + saved,
                "{\"name\": \"%s\", \"statement\": \"select nope\", \"version\": 1}".formatted(UUID.randomUUID()));
        JsonNode failed = runOver(schedule);
        assertThat(failed.get("state").asString()).isEqualTo("failed");
        assertThat(failed.at("/error/code").asString()).isEqualTo("binding_error");

        assertThat(SERVER.delete("/tarn/v1/saved-statements/" + saved).status()).isEqualTo(204);
        assertThat(SERVER.get(PATH + "/" + schedule).status()).isEqualTo(404);
    }

    @Test
    void anothersStatementIsNotMineToSchedule() {
        String saved = saved("select 1");
        LimitedUser other = LimitedUser.of(SERVER, "Admin");
        Reply reply = other.post(
                PATH, "{\"saved_statement_id\": \"%s\", \"cron\": \"@daily\", \"zone\": \"UTC\"}".formatted(saved));
        assertThat(reply.status()).isEqualTo(403);
    }

    @Test
    void theClockBeginsRuns() {
        String saved = saved("select 1 as by_clock");
        Reply made = SERVER.post(
                PATH, "{\"saved_statement_id\": \"%s\", \"cron\": \"* * * * *\", \"zone\": \"UTC\"}".formatted(saved));
        String path = PATH + "/" + made.json().get("id").asString();
        Instant end = Instant.now().plus(Duration.ofSeconds(75));
        JsonNode runs;
        do {
            runs = SERVER.get(path + "/runs").json().get("runs");
            assertThat(Instant.now()).isBefore(end);
            pause();
        } while (runs.isEmpty() || !runs.get(0).get("state").asString().equals("completed"));
        assertThat(runs.get(0).get("manual").asBoolean()).isFalse();
        assertThat(runs.get(0).get("late").asBoolean()).isFalse();
        assertThat(SERVER.delete(path).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"saved_statement_id\": \"ID\"}",
                "{\"saved_statement_id\": \"ID\", \"cron\": \"@daily\"}",
                "{\"saved_statement_id\": \"ID\", \"cron\": \"daily\", \"zone\": \"UTC\"}",
                "{\"saved_statement_id\": \"ID\", \"cron\": \"* * * * * *\", \"zone\": \"UTC\"}",
                "{\"saved_statement_id\": \"ID\", \"cron\": \"@daily\", \"zone\": \"Middle/Earth\"}",
                "{\"saved_statement_id\": \"ID\", \"cron\": \"@daily\", \"zone\": \"UTC\", \"timeout_ms\": 0}",
                "{\"saved_statement_id\": \"ID\", \"cron\": \"@daily\", \"zone\": \"UTC\", \"into\": {}}",
                "{\"saved_statement_id\": \"ID\", \"cron\": \"@daily\", \"zone\": \"UTC\", \"into\": {\"table\": \"a\", \"mode\": \"no\"}}",
                "{\"saved_statement_id\": \"ID\", \"cron\": \"@daily\", \"zone\": \"UTC\", \"into\": {\"table\": \"a\\\"b\"}}"
            })
    void whatCannotBeScheduled(String wrong) {
        Reply reply = SERVER.post(PATH, wrong.replace("ID", saved("select 1")));
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    }

    /** A key may not ask as often as this machine could. */
    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
