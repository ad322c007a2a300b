package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands as the command line starts them: processes of their own, beside a server that serves, and killed. */
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BackupCommandsTest {
    @TempDir
    Path folder;

    private record Ended(int exitCode, String out, String err) {}

    private Process start(String passphrase, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tarn.TarnServer"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (var in = process.getOutputStream()) {
            in.write((passphrase + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return process;
    }

    private Ended run(String passphrase, String... arguments) throws Exception {
        int exitCode = start(passphrase, arguments).waitFor();
        return new Ended(exitCode, Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    @Test
    void aRestoredHomeServesTheSameTablesAndNamesThoseThatAreGone() throws Exception {
        Path file = folder.resolve("tarn.backup");
        Path home = folder.resolve("home");
        Path restored = folder.resolve("restored");
        try (RunningServer server = RunningServer.start(home)) {
            SampleTables.load(server, "iceberg.shop.kept", "create", "id\n1\n2\n");
            SampleTables.load(server, "iceberg.shop.gone", "create", "id\n3\n");

            Ended backup = run("correct horse", "backup", "--home", home.toString(), "--output", file.toString());

            assertThat(backup.err()).isEmpty();
            assertThat(backup.exitCode()).isZero();
            assertThat(backup.out())
                    .contains(
                            "credentials.json",
                            "Not in it",
                            home.resolve("warehouse").toString());
        }
        String[] restore = {"restore", file.toString(), "--home", restored.toString()};
        Ended wrong = run("wrong horses", restore);
        assertThat(wrong.exitCode()).isEqualTo(3);
        assertThat(wrong.err()).isEqualTo("tarn: The passphrase does not open this backup; try another one\n");
        try (Stream<Path> files = Files.walk(home.resolve("warehouse"))) {
            for (Path data : files.filter(path ->
                            path.toString().contains("gone") && path.toString().endsWith(".parquet"))
                    .toList()) {
                Files.delete(data);
            }
        }
        Ended done = run("correct horse", restore);
        assertThat(done.err()).isEmpty();
        assertThat(done.exitCode()).isZero();
        assertThat(done.out())
                .contains("every row checked", "shop.gone: 1 of its 1 data files are not there")
                .doesNotContain("shop.kept:");
        try (RunningServer server = RunningServer.start(restored)) {
            var answer = server.post(
                    "/tarn/v1/statements", "{\"statement\":\"select sum(id) as s from iceberg.shop.kept\"}");
            assertThat(answer.body()).contains("[[3]]");
            assertThat(SampleTables.load(server, "iceberg.shop.kept", "append", "id\n4\n")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(run("correct horse", restore).exitCode()).isEqualTo(5);
        Ended json = run("correct horse", "restore", "--check", "--json", file.toString(), "--home", "unused");
        assertThat(json.out())
                .startsWith("{\"id\":")
                .contains("\"schema_version\":")
                .hasLineCount(1);
    }

    @Test
    void aKilledBackupOrRestoreLeavesNothingHalf() throws Exception {
        Path file = folder.resolve("tarn.backup");
        Path home = folder.resolve("home");
        try (RunningServer server = RunningServer.start(home)) {
            SampleTables.load(server, "iceberg.shop.kept", "create", "id\n1\n2\n");
        }
        String[] backup = {"backup", "--home", home.toString(), "--output", file.toString(), "--replace"};
        assertThat(run("correct horse", backup).exitCode()).isZero();
        Random random = new Random(11);
        for (int round = 0; round < 6; round++) {
            kill(start("correct horse", backup), random);
            assertThat(run("correct horse", "restore", "--check", file.toString(), "--home", "unused")
                            .exitCode())
                    .isZero();
            Path restored = folder.resolve("restored" + round);
            String[] restore = {"restore", file.toString(), "--home", restored.toString()};
            kill(start("correct horse", restore), random);
            if (!Files.exists(restored)) {
                assertThat(run("correct horse", restore).exitCode()).isZero();
            }
            assertThat(restored.resolve("credentials.json")).exists();
            assertThat(restored.resolve("tarn.db")).exists();
        }
    }

    private static void kill(Process process, Random random) throws InterruptedException {
        process.waitFor(500 + random.nextInt(2_500), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }
}
