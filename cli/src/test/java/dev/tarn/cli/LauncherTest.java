package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code tarn}, in a clone whose build only counts how often it was called. */
class LauncherTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        root = PackagedRoot.in(folder.resolve("a clone"));
        Files.createDirectories(root.resolve("scripts"));
        Files.copy(REPOSITORY.resolve("tarn"), root.resolve("tarn"));
        Files.copy(REPOSITORY.resolve("scripts/jdk.sh"), root.resolve("scripts/jdk.sh"));
        for (String module : List.of("cli", "server")) {
            Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
        }
        build("sleep 0.3; echo building >&2; echo x >> builds; touch target/package.stamp");
    }

    private void build(String body) throws IOException {
        Path build = root.resolve("build");
        Files.writeString(build, "#!/bin/bash\nset -e\ncd \"$(dirname \"$0\")\"\n" + body + "\n");
        assertThat(build.toFile().setExecutable(true)).isTrue();
    }

    private long builds() throws IOException {
        Path builds = root.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    private record Ended(int exitCode, String output) {}

    private static Process start(Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TARN_") || name.startsWith("LC_"));
        return builder.directory(new java.io.File("/")).start();
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private Ended tarn(String... arguments) throws IOException, InterruptedException {
        return end(start(root.resolve("tarn"), arguments));
    }

    private void touchLater(String path) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(path), FileTime.from(Instant.now().plusSeconds(60)));
    }

    @Test
    void buildsOnFirstUseAndNotAgain() throws Exception {
        Ended first = tarn("--version");
        assertThat(first.output()).contains("Building Tarn", "building", "tarn 0.1.0");
        assertThat(tarn("--version").output()).isEqualTo("tarn 0.1.0\n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aClientCommandIsNotConcernedWithTheServersSources() throws Exception {
        tarn("--version");
        touchLater("server/pom.xml");
        tarn("--version");
        assertThat(builds()).isEqualTo(1);
        tarn("serve", "--help");
        assertThat(builds()).isEqualTo(2);
        touchLater("cli/src/main/java");
        tarn("--version");
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Process one = start(root.resolve("tarn"), "--version");
        Process other = start(root.resolve("tarn"), "--version");
        assertThat(end(one).exitCode()).isZero();
        assertThat(end(other).exitCode()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildEndsTheCommand() throws Exception {
        build("echo 'the log is here' >&2; exit 1");
        Ended ended = tarn("sql", "select 1");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("the log is here").doesNotContain("No server");
    }

    @Test
    void serveHandsItsOptionsToTheServer() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("tarn"));
        Ended ended = end(start(link, "serve", "--help", "--warehouse", "a b"));
        assertThat(ended.output()).contains("arguments: [--help, --warehouse, a b], root: " + root.toRealPath());
    }

    @Test
    void textOfOtherAlphabetsPassesWithoutALocale() throws Exception {
        try (FakeServer server = new FakeServer(0)) {
            server.refuse("POST", "/tarn/v1/statements", 400, "binding_error", "Größe 東京");
            Ended ended = tarn("sql", "--url", server.url().toString(), "--key", FakeServer.KEY, "select 'Ł'");
            assertThat(ended.exitCode()).isEqualTo(6);
            assertThat(ended.output()).contains("tarn: Größe 東京");
            assertThat(server.requests("POST", "/tarn/v1/statements").getFirst().body())
                    .contains("select 'Ł'");
        }
    }
}
