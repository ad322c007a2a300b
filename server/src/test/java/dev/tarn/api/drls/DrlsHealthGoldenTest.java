package dev.tarn.api.drls;

import static dev.tarn.api.drls.DrlsTable.SERVER;
import static dev.tarn.api.drls.DrlsTable.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code GET /api/table/{table_name}/health}. */
class DrlsHealthGoldenTest {
    @Test
    void aReportHasTheContractsFieldsAndItsFiguresAreTheTables() {
        DrlsTable table = DrlsTable.with("id BIGINT");
        for (int i = 0; i < 6; i++) {
            table.sql("INSERT INTO " + table.path() + " VALUES (" + i + ")");
        }
        JsonNode health = SERVER.get("/api/table/" + table.path() + "/health").json();
        assertThat(List.copyOf(health.propertyNames()))
                .containsExactly(
                        "success",
                        "table",
                        "snapshot_count",
                        "data_file_count",
                        "total_size_bytes",
                        "avg_file_size_bytes",
                        "small_file_count",
                        "recommendation");
        assertThat(health.get("success").asBoolean()).isTrue();
        assertThat(health.get("table").asString()).isEqualTo(table.path());
        JsonNode history =
                SERVER.get("/api/table/" + table.path() + "/history").json().get("snapshots");
        assertThat(health.get("snapshot_count").asInt()).isEqualTo(history.size());
        assertThat(health.get("data_file_count").asInt()).isEqualTo(6);
        assertThat(health.get("total_size_bytes")).isEqualTo(history.get(0).get("total_bytes"));
        assertThat(health.get("avg_file_size_bytes").asLong())
                .isEqualTo(health.get("total_size_bytes").asLong() / 6);
        assertThat(health.get("small_file_count").asInt()).isEqualTo(6);
        assertThat(health.get("recommendation").asString()).startsWith("Consider compaction");
    }

    @Test
    void aTableWithoutFilesIsHealthy() {
        DrlsTable table = DrlsTable.with("id BIGINT");
        JsonNode health = SERVER.get("/api/table/" + table.name() + "/health").json();
        assertThat(health.get("table").asString()).isEqualTo(table.name());
        assertThat(health.get("data_file_count").asInt()).isZero();
        assertThat(health.get("avg_file_size_bytes").asInt()).isZero();
        assertThat(health.get("recommendation").asString()).isNotBlank();
        refused(SERVER.get("/api/table/" + table.namespace() + ".nothing/health"), 404);
        refused(LimitedUser.of(SERVER).get("/api/table/" + table.path() + "/health"), 404);
    }
}
