package dev.tarn.cli;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server as a child of this process: it ends when this one does. */
final class ServerProcess implements AutoCloseable {
    /** The server gives its statements and loads 30 s; then it is not going to stop by itself. */
    private static final int STOP_SECONDS = 40;

    private static final int LAST_LINES = 12;
    private static final int LAST_BYTES = 16_384;

    private final Process process;
    private final Path log;
    private final long logStart;
    private final Thread stopWithUs = new Thread(this::stop);
    private volatile boolean stopping;

    private ServerProcess(Process process, Path log, long logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
        Runtime.getRuntime().addShutdownHook(stopWithUs);
    }

    /** @param environment settings beside those that are in force anyway */
    static ServerProcess start(Path root, Path home, @Nullable Integer port, Map<String, String> environment)
            throws IOException {
        Path log = home.resolve("logs").resolve("server.log");
        if (!Files.exists(home)) {
            // Everybody's rows will be in here, so nobody else on the machine may look.
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.createDirectories(log.getParent());
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        ProcessBuilder builder = new ProcessBuilder(command(root, home, port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), log, logStart);
    }

    private static List<String> command(Path root, Path home, @Nullable Integer port) {
        List<String> arguments = new ArrayList<>(List.of("--home", home.toString()));
        if (port != null) {
            arguments.addAll(List.of("--port", port.toString()));
        }
        return java(root, arguments);
    }

    /** The server's program, started as the launcher's `serve` does. */
    static List<String> java(Path root, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + root.resolve("server/jvm.options"));
        Path cache = root.resolve("server/target/tarn-server.aot");
        if (Files.exists(cache)) {
            // A cache of another build is ignored; without the log options the JVM would say so on standard output.
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(
                List.of("-Dtarn.root=" + root, "-cp", root.resolve("server/target/app") + "/*", "dev.tarn.TarnServer"));
        command.addAll(arguments);
        return command;
    }

    Path log() {
        return log;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether its end is ours: asked for, or following that of this process. */
    boolean stopping() {
        return stopping;
    }

    /** Returns when the server has ended. */
    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** What the server wrote last since it was started, for someone who asks why it ended. */
    String lastLines() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(logStart, file.length() - LAST_BYTES);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join(
                    System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        }
    }

    /** Asks the server to finish what runs, and ends it when it does not. */
    private void stop() {
        stopping = true;
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithUs);
        } catch (IllegalStateException stopping) {
            // The hook does the same.
        }
    }
}
