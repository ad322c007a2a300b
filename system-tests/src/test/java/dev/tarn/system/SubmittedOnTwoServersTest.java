package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Submitted statements with two servers on one PostgreSQL and one warehouse. */
@Tag("conformance")
class SubmittedOnTwoServersTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void eachServerKnowsTheOthersAndGoesOnWithoutIt() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                ServerUnderTest first = ServerUnderTest.start(setup("a", postgres));
                ServerUnderTest second = ServerUnderTest.startBeside(first, setup("b", postgres))) {
            Api one = first.api();
            Api two = second.api();
            List<String> ids = IntStream.range(0, 20)
                    .mapToObj(i -> Submitted.send(i % 2 == 0 ? one : two, "SELECT " + i + " AS n"))
                    .toList();
            for (int i = 0; i < ids.size(); i++) {
                JsonNode other = Submitted.over(i % 2 == 0 ? two : one, ids.get(i));
                assertThat(other.path("rows")).hasToString("[{\"n\":" + i + "}]");
            }

            String cancelled = Submitted.send(one, Submitted.ENDLESS);
            Submitted.runs(two, cancelled);
            assertThat(two.delete("/v1/sql/queries/" + cancelled)
                            .json()
                            .path("status")
                            .asString())
                    .isIn("cancelled", "running");
            assertThat(Submitted.status(Submitted.over(one, cancelled))).isEqualTo("cancelled");

            // Both are busy; whatever runs on the first one is lost with it, and whatever waits is not.
            List<String> endless =
                    List.of(Submitted.send(one, Submitted.ENDLESS), Submitted.send(two, Submitted.ENDLESS));
            endless.forEach(id -> Submitted.runs(two, id));
            List<String> waiting = IntStream.range(0, 5)
                    .mapToObj(i -> Submitted.send(one, "SELECT " + i + " AS n"))
                    .toList();
            first.kill();
            Eventually.within(
                    java.time.Duration.ofSeconds(60),
                    "the lost one has failed",
                    () -> endless.stream()
                            .map(id -> Submitted.look(two, id))
                            .anyMatch(
                                    lost -> lost.at("/error/code").asString("").equals("stopping")));
            endless.forEach(id -> two.delete("/v1/sql/queries/" + id));
            for (int i = 0; i < waiting.size(); i++) {
                assertThat(Submitted.over(two, waiting.get(i)).path("rows")).hasToString("[{\"n\":" + i + "}]");
            }
        }
    }

    private ServerSetup setup(String name, EmbeddedPostgres postgres) {
        return ServerSetup.on(folder.resolve(name))
                .sharing(postgres.getJdbcUrl("postgres", "postgres"), folder.resolve("warehouse"))
                .with("TARN_JOBS_RUNNING", "1")
                .with("TARN_JOBS_LEASE", "5s");
    }
}
