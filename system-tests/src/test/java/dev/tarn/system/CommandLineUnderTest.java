package dev.tarn.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The command line of this build, called {@code tarn}, in a folder of its own and with a server's home. */
final class CommandLineUnderTest {
    private static final Path ROOT =
            Path.of(System.getProperty("tarn.root", "..")).toAbsolutePath().normalize();
    private static final int SECONDS = 120;

    private final Path folder;
    private final Path home;

    CommandLineUnderTest(Path folder, Path home) throws IOException {
        this.folder = folder;
        this.home = home;
        // The launcher would look whether sources are newer than the build; a test runs what was built.
        Path script = folder.resolve("tarn");
        Files.writeString(script, """
                #!/usr/bin/env bash
                terminal=
                for descriptor in 0 1 2; do [ ! -t $descriptor ] || terminal+=$descriptor; done
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \\
                  '-Dtarn.root=%s' "-Dtarn.terminal=$terminal" -cp '%s/cli/target/app/*' dev.tarn.cli.Tarn "$@"
                """.formatted(System.getProperty("java.home"), ROOT, ROOT));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
    }

    record Ended(int exitCode, String output) {}

    /** Runs a text as a shell would, in the folder; what it says on both streams is one text. */
    Ended bash(String text) throws IOException, InterruptedException {
        Path log = Files.createTempFile("tarn-command", ".log");
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", text)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TARN_"));
        builder.environment().put("TARN_HOME", home.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("It did not end within " + SECONDS + " s: " + text + "\n" + Files.readString(log));
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        return new Ended(process.exitValue(), output);
    }
}
