package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is left of loads and uploads after a kill: the list says it, uploads are kept, and what came half is gone. */
class LoadRowsTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    @Test
    void aKilledLoadReadsFailedAndAnUploadSurvives() {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home))) {
            Api api = server.api();
            JsonNode kept = api.send("/tarn/v1/uploads?filename=kept.csv", "id,name\n1,Ada\n")
                    .json();
            UUID id = UUID.randomUUID();
            Load load = Load.into("rows.cut").with("id", id.toString());
            String sent = "/tarn/v1/uploads?filename=half.csv";
            try (Upload half = Upload.ofLength(api, sent, 1_000_000);
                    Upload upload = Upload.ofLength(api, load, 1_000_000)) {
                half.send(Csv.of(0, 100));
                upload.send(Csv.of(0, 100));
                Eventually.within(
                        Duration.ofSeconds(10),
                        "the load is listed and the upload has begun",
                        () -> api.get("/tarn/v1/loads/" + id)
                                        .json()
                                        .path("state")
                                        .asString("")
                                        .equals("receiving")
                                && server.tables().openWrites().size() == 2);
                server.kill();
            }
            server.startAgain();

            JsonNode failed = server.api().get("/tarn/v1/loads/" + id).json();
            assertThat(failed.path("state").asString()).isEqualTo("failed");
            assertThat(failed.at("/error/code").asString()).isEqualTo("stopping");
            assertThat(failed.at("/error/detail").asString()).isEqualTo("The server stopped");
            assertThat(server.tables().openWrites()).isEmpty();
            assertThat(server.tables().present()).as("the upload's one file").hasSize(1);

            String upload = kept.path("id").asString();
            assertThat(server.api().get("/tarn/v1/uploads/" + upload).json()).isEqualTo(kept);
            Answer loaded = server.api().post("/tarn/v1/loads", Map.of("upload", upload, "table", "rows.kept"));
            assertThat(loaded.status()).as(loaded.toString()).isEqualTo(200);
            assertThat(server.api().count("rows.kept")).isEqualTo(1);
            server.tables().assertNothingMissingAndNoOrphans();
        }
    }
}
