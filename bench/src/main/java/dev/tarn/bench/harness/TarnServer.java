package dev.tarn.bench.harness;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server of this benchmark's own: a child process on a fresh home. The home stays behind, with the logs that say why
 * something failed, until the next start.
 */
public final class TarnServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(40);
    private static final long LOOK_EVERY_MS = 50;
    private static final int LAST_LINES = 15;

    private final Process process;
    private final Path home;
    private final Path log;
    private final Thread stopWithUs = new Thread(this::stop);

    private TarnServer(Process process, Path home, Path log) {
        this.process = process;
        this.home = home;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(stopWithUs);
    }

    /**
     * Starts a server and waits until it takes work.
     *
     * @param home its folder; emptied before
     * @param settings environment variables, as {@code TARN_WORKERS_MEMORY}
     */
    public static TarnServer start(Path root, Path home, Map<String, String> settings)
            throws BenchmarkException, IOException, InterruptedException {
        Folders.delete(home);
        return startAgain(root, home, settings);
    }

    /** Starts a server on the home that another one has left. */
    public static TarnServer startAgain(Path root, Path home, Map<String, String> settings)
            throws BenchmarkException, IOException, InterruptedException {
        requireBuilt(root);
        Files.createDirectories(home);
        Path log = home.resolveSibling(home.getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command(root, home, port(home)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(settings);
        TarnServer server = new TarnServer(builder.start(), home, log);
        try {
            server.waitUntilReady();
            return server;
        } catch (BenchmarkException | IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void requireBuilt(Path root) throws BenchmarkException {
        for (String needed : List.of("server/jvm.options", "server/target/app", "worker/target/app")) {
            if (!Files.exists(root.resolve(needed))) {
                throw new BenchmarkException(
                        "There is no " + root.resolve(needed) + ". Build the server first: ./build package");
            }
        }
    }

    /** The same as the launcher's `serve`. */
    private static List<String> command(Path root, Path home, int port) {
        List<String> command =
                new ArrayList<>(List.of(JavaCommand.executable(), "@" + root.resolve("server/jvm.options")));
        Path cache = root.resolve("server/target/tarn-server.aot");
        if (Files.exists(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        command.addAll(List.of("-Dtarn.root=" + root, "-cp", root.resolve("server/target/app") + "/*"));
        command.addAll(List.of("dev.tarn.TarnServer", "--home", home.toString(), "--port", Integer.toString(port)));
        return command;
    }

    /** A free one, or the one that the home's credentials name. */
    private static int port(Path home) throws IOException {
        Path credentials = home.resolve("credentials.json");
        if (Files.exists(credentials)) {
            JsonNode known = JsonMapper.shared().readTree(Files.readString(credentials));
            return URI.create(known.path("url").asString()).getPort();
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void waitUntilReady() throws BenchmarkException, IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!Files.exists(home.resolve("credentials.json")) || !client().ready()) {
            if (!process.isAlive()) {
                throw new BenchmarkException("The server ended with exit code %d while starting. It said:%n%s"
                        .formatted(process.waitFor(), lastLines()));
            }
            if (System.nanoTime() > deadline) {
                throw new BenchmarkException("The server is not ready after %d s. It said:%n%s"
                        .formatted(READY_WITHIN.toSeconds(), lastLines()));
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    public TarnClient client() throws IOException {
        return new TarnClient(URI.create(url()), key());
    }

    public String url() throws IOException {
        return credential("url");
    }

    /** Of the first administrator. */
    public String key() throws IOException {
        return credential("key");
    }

    /** Of the first tenant. */
    public String tenantId() throws IOException {
        return credential("tenant_id");
    }

    private String credential(String name) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(home.resolve("credentials.json")))
                .path(name)
                .asString();
    }

    public long pid() {
        return process.pid();
    }

    public Path home() {
        return home;
    }

    /** What the server wrote last. */
    public String lastLines() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
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
        } catch (IllegalStateException e) {
            // We are stopping, and the hook did the same.
        }
    }
}
