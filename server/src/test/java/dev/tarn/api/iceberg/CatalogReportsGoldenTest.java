package dev.tarn.api.iceberg;

import static dev.tarn.api.iceberg.CatalogClient.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients report of scans and commits, and how it is told. */
class CatalogReportsGoldenTest {
    private static final String SCAN = """
            {"report-type": "scan-report", "table-name": "t", "snapshot-id": 7, "schema-id": 0,
             "filter": {"type": "eq", "term": "n", "value": 4711}, "projected-field-ids": [1], "projected-field-names": ["n"],
             "metrics": {"total-planning-duration": {"count": 1, "time-unit": "nanoseconds", "total-duration": 2644235},
              "result-data-files": {"unit": "count", "value": 5}, "skipped-data-files": {"unit": "count", "value": 95},
              "total-file-size-in-bytes": {"unit": "bytes", "value": 45}},
             "metadata": {"engine-name": "spark", "engine-version": "4.1.3"}}""";

    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());
    private final String namespace = admin.namespace();

    private JsonNode reports(String table, String query) {
        return server.get("/tarn/v1/tables/" + namespace + "." + table + "/reports" + query)
                .json();
    }

    @Test
    void aReportIsKeptAndTold() {
        String path = admin.table(namespace, "t") + "/metrics";
        assertThat(admin.post(path, SCAN).status()).isEqualTo(204);
        JsonNode report = reports("t", "").at("/reports/0");
        assertThat(report.path("id").asString()).isNotEmpty();
        assertThat(report.path("reported_at").asString()).isNotEmpty();
        assertThat(report.toString()
                        .replaceAll("\"id\":\"[^\"]+\"", "\"id\":1")
                        .replaceAll("\"reported_at\":\"[^\"]+\"", "\"reported_at\":2"))
                .isEqualTo(
                        "{\"id\":1,\"kind\":\"scan\",\"reported_at\":2,\"user\":\"admin\",\"engine\":\"spark 4.1.3\","
                                + "\"snapshot_id\":\"7\",\"operation\":null,\"filter\":\"n = (4-digit-int)\",\"duration_ms\":2.644,"
                                + "\"columns\":1,\"files_planned\":5,\"files_skipped\":95,\"bytes_planned\":45,"
                                + "\"delete_files_planned\":null,\"manifests_read\":null,\"manifests_skipped\":null,\"files_added\":null,"
                                + "\"files_removed\":null,\"rows_added\":null,\"rows_removed\":null,\"total_rows\":null,\"attempts\":null}");
        assertThat(admin.post(path, SCAN.replace("4711", "5")).status()).isEqualTo(204);
        JsonNode first = reports("t", "?limit=1");
        assertThat(first.at("/reports/0/filter").asString()).isEqualTo("n = (1-digit-int)");
        JsonNode rest = reports("t", "?cursor=" + first.path("next_cursor").asString());
        assertThat(rest.path("reports")).containsExactly(report);
        assertThat(rest.path("next_cursor").isNull()).isTrue();
    }

    @Test
    void whatIsNoReportIsRefused() {
        String path = admin.table(namespace, "wrong") + "/metrics";
        for (String nonsense :
                List.of("", "{}", "{\"report-type\": \"scan-report\"}", SCAN.replace("\"filter\"", "\"f\""))) {
            assertRefused(admin.post(path, nonsense), 400, "BadRequestException");
        }
        assertThat(admin.post(path, SCAN.replace("\"t\"", "\"" + "t".repeat(1 << 20) + "\""))
                        .status())
                .isEqualTo(413);
        assertRefused(admin.post(path.replace("wrong", "none"), SCAN), 404, "NoSuchTableException");
        assertThat(reports("wrong", "").path("reports")).isEmpty();
        assertThat(server.get("/tarn/v1/tables/" + namespace + ".wrong/reports?cursor=MS54")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoMaySeeAPartAloneIsToldNothing() {
        String path = "/iceberg/v1/iceberg" + admin.table(namespace, "hidden") + "/metrics";
        String table = "iceberg." + namespace + ".hidden";
        LimitedUser user = LimitedUser.of(server);
        assertThat(user.post(path, SCAN).status()).isEqualTo(404);
        user.reads(table, List.of(), "n > 1");
        assertRefused(user.post(path, SCAN), 403, "ForbiddenException");
        assertThat(user.get("/tarn/v1/tables/" + table + "/reports").status()).isEqualTo(403);
        LimitedUser reader = LimitedUser.of(server).reads(table, List.of(), null);
        assertThat(reader.post(path, SCAN).status()).isEqualTo(204);
        assertThat(reader.get("/tarn/v1/tables/" + table + "/reports")
                        .json()
                        .at("/reports/0/user")
                        .asString())
                .isEqualTo(reader.name());
    }

    /** Iceberg's own client reports by itself. */
    @Test
    void whatIcebergsClientReportsIsTold() throws IOException, InterruptedException {
        admin.table(namespace, "own");
        Reply filled = server.post(
                "/v1/sql/execute", "{\"statement\": \"INSERT INTO iceberg." + namespace + ".own VALUES (7)\"}");
        assertThat(filled.status()).as(filled.toString()).isEqualTo(200);
        try (RESTCatalog catalog = new RESTCatalog()) {
            catalog.setConf(new Configuration());
            catalog.initialize(
                    "tarn",
                    Map.of("uri", server.address() + "/iceberg", "warehouse", "iceberg", "token", server.key()));
            try (CloseableIterable<FileScanTask> files = catalog.loadTable(TableIdentifier.of(namespace, "own"))
                    .newScan()
                    .filter(Expressions.equal("n", 7L))
                    .planFiles()) {
                assertThat(files).hasSize(1);
            }
            awaitReport(); // the client sends it by the way, and no more once it is closed
        }
        JsonNode report = reports("own", "").at("/reports/0");
        assertThat(report.path("kind").asString()).isEqualTo("scan");
        assertThat(report.path("files_planned").asLong()).isEqualTo(1);
        assertThat(report.path("engine").asString()).contains("Iceberg");
    }

    private void awaitReport() throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (reports("own", "").path("reports").isEmpty()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
