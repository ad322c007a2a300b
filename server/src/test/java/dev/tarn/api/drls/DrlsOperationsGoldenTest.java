package dev.tarn.api.drls;

import static dev.tarn.api.drls.DrlsTable.SERVER;
import static dev.tarn.api.drls.DrlsTable.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer.Reply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /api/compact}, {@code /api/expire}, {@code /api/remove-orphan-files} and {@code /api/jobs/{id}}. */
class DrlsOperationsGoldenTest {
    private static final String COMPACT = "{\"table\": \"drls.db.events\", \"strategy\": \"binpack\", \"options\": {}}";

    private static DrlsTable events(int commits) {
        DrlsTable table = DrlsTable.with("id BIGINT, payload STRING");
        for (int i = 0; i < commits; i++) {
            table.sql("INSERT INTO " + table.path() + " VALUES (" + i + ", 'x')");
        }
        return table;
    }

    private static long rows(DrlsTable table) {
        return table.sql("SELECT count(*) AS n FROM " + table.path()).at("/0/n").asLong();
    }

    @Test
    void aCompactionAnswersWithItsNumbersAndItsJobTellsTheSame() {
        DrlsTable table = events(10);
        JsonNode details = table.done("/api/compact", "compact", COMPACT);
        assertThat(details.propertyNames()).contains("rewritten_files", "new_files", "rewritten_bytes", "job_id");
        assertThat(details.get("rewritten_files").asInt()).isEqualTo(10);
        assertThat(details.get("new_files").asInt()).isEqualTo(1);
        assertThat(details.get("rewritten_bytes").asLong()).isPositive();
        assertThat(rows(table)).isEqualTo(10);
        JsonNode health = SERVER.get("/api/table/" + table.path() + "/health").json();
        assertThat(health.get("data_file_count").asInt()).isEqualTo(1);

        Reply job = SERVER.get("/api/jobs/" + details.get("job_id").asString());
        assertThat(job.status()).as(job.body()).isEqualTo(200);
        assertThat(List.copyOf(job.json().propertyNames()))
                .containsExactly(
                        "success",
                        "job_id",
                        "operation",
                        "table",
                        "status",
                        "progress",
                        "created_at",
                        "started_at",
                        "finished_at",
                        "details_json",
                        "error");
        assertThat(job.json().get("operation").asString()).isEqualTo("compact");
        assertThat(job.json().get("table").asString()).isEqualTo(table.path());
        assertThat(job.json().get("status").asString()).isEqualTo("completed");
        assertThat(job.json().get("details_json").asString()).isEqualTo(details.toString());
        assertThat(job.json().get("error").isNull()).isTrue();
    }

    @Test
    void optionsAreTextsNumbersAndLists() {
        DrlsTable table = events(6);
        JsonNode details = table.done("/api/compact", "compact", """
                {"table": "drls.db.events", "strategy": "zorder",
                 "options": {"columns": ["id", "payload"], "min-input-files": 2, "target-file-size-bytes": "1048576", "where": null}}""");
        assertThat(details.get("rewritten_files").asInt()).isEqualTo(6);
        assertThat(rows(table)).isEqualTo(6);
        assertThat(refused(table.post("/api/compact", COMPACT.replace("{}", "{\"min-input-file\": 2}")), 400))
                .contains("min-input-file");
        refused(table.post("/api/compact", COMPACT.replace("{}", "{\"where\": {}}")), 400);
        refused(table.post("/api/compact", COMPACT.replace("{}", "[]")), 400);
        refused(table.post("/api/compact", COMPACT.replace("binpack", "bubble")), 400);
    }

    @Test
    void anExpiryKeepsTheLastOnes() {
        DrlsTable table = events(8);
        int before = SERVER.get("/api/table/" + table.path() + "/health")
                .json()
                .get("snapshot_count")
                .asInt();
        JsonNode details = table.done("/api/expire", "expire", """
                {"table": "drls.db.events", "retain_last": 5, "older_than": null}""");
        assertThat(details.get("expired_count").asInt()).isEqualTo(before - 5);
        assertThat(details.get("remaining_count").asInt()).isEqualTo(5);
        assertThat(details.get("deleted_files").asInt()).isPositive();
        assertThat(details.get("freed_bytes").asLong()).isPositive();
        assertThat(SERVER.get("/api/table/" + table.path() + "/history").json().get("snapshots"))
                .hasSize(5);
        assertThat(rows(table)).isEqualTo(8);

        JsonNode none = table.done("/api/expire", "expire", """
                {"table": "drls.db.events", "retain_last": 1, "older_than": "2001-01-01T00:00:00Z"}""");
        assertThat(none.get("expired_count").asInt()).isZero();
        refused(table.post("/api/expire", "{\"table\": \"drls.db.events\", \"retain_last\": 0}"), 400);
        refused(table.post("/api/expire", "{\"table\": \"drls.db.events\", \"older_than\": \"soon\"}"), 400);
        refused(table.post("/api/expire", "{\"table\": \"drls.db.events\", \"retain_last\": \"5\"}"), 400);
    }

    @Test
    void orphansAreOnlyToldInADryRun() {
        DrlsTable table = events(1);
        JsonNode details = table.done("/api/remove-orphan-files", "remove_orphan_files", """
                {"table": "drls.db.events", "dry_run": true}""");
        assertThat(details.get("orphan_count").asInt()).isZero();
        assertThat(details.get("removed_bytes").asLong()).isZero();
    }

    @Test
    void whoDoesNotLookAfterTablesIsRefused() {
        DrlsTable table = events(1);
        for (String path : List.of("/api/compact", "/api/expire", "/api/remove-orphan-files")) {
            String body = "{\"table\": \"%s\"}".formatted(table.name());
            refused(LimitedUser.of(SERVER, "DataEngineer").post(path, body), 403);
            refused(LimitedUser.of(SERVER).post(path, body), 404);
            refused(SERVER.post(path, body.replace("events", "nothing")), 404);
            assertThat(refused(SERVER.post(path, "{}"), 400)).contains("table");
        }
        refused(SERVER.get("/api/jobs/" + UUID.randomUUID()), 404);
        refused(SERVER.get("/api/jobs/nonsense"), 404);
    }
}
