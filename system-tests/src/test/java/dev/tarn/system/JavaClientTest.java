package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Iceberg's own Java library through our REST catalog: what it writes, SQL reads, and back. */
@Tag("conformance")
@ExtendWith(SharedServer.class)
class JavaClientTest {
    private static final Path SOURCE =
            Path.of(System.getProperty("tarn.root")).resolve("peers/java/src/main/java/dev/tarn/peers/JavaPeer.java");

    private final ServerUnderTest server;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    JavaClientTest(ServerUnderTest server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.12.0", "1.11.0"})
    void whatIcebergsLibraryWritesSqlReadsAndBack(String version) throws IOException, InterruptedException {
        Path log = folder.resolve("java.log");
        List<String> command = PeerScript.command(log, "java-peer.sh", version);
        String namespace = "java_" + version.replace('.', '_');
        CatalogSql ours = new CatalogSql(server.api());
        List<String> written = run(command, log, "write", namespace);
        assertThat(written).hasSize(20).contains("20|n20|even", "21|n21|null", "10|n10|null");
        ours.reads("SELECT * FROM %s.t".formatted(namespace), written);
        assertThat(ours.rows("SELECT count(*) FROM %s.t VERSION AS OF 'before'".formatted(namespace)))
                .containsExactly("30");
        ours.rows("UPDATE %s.t SET note = 'ours' WHERE id = 11".formatted(namespace));
        ours.rows("DELETE FROM %s.t WHERE id > 25".formatted(namespace));
        ours.rows("INSERT INTO %s.t VALUES (100, 'ours', NULL)".formatted(namespace));
        ours.reads("SELECT * FROM %s.t".formatted(namespace), run(command, log, "read", namespace));
    }

    private List<String> run(List<String> command, Path log, String what, String namespace)
            throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(command);
        call.addAll(List.of(
                what, server.url().toString(), server.credentials().path("key").asString(), namespace));
        Process process = new ProcessBuilder(call)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> rows = output.lines().toList();
            assertThat(process.waitFor()).as("see " + log).isZero();
            return rows;
        }
    }

    @Test
    void thePageSaysWhatTheProgramDoes() throws IOException {
        assertThat(Files.readString(SOURCE).replaceAll("\\s+", " "))
                .contains(EngineDocs.block("Iceberg's Java library").strip().replaceAll("\\s+", " "));
    }
}
