package dev.tarn.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A server as a process of its own: started, asked, stopped, killed, started again on the same home. */
final class ServerUnderTest implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final ServerSetup setup;
    private final Path credentialsHome;
    private Process process;
    private Duration startUp;

    private ServerUnderTest(ServerSetup setup, Path credentialsHome) {
        this.setup = setup;
        this.credentialsHome = credentialsHome;
        long began = System.nanoTime();
        this.process = setup.launch();
        this.startUp = waitUntilReady(began);
    }

    static ServerUnderTest start(ServerSetup setup) {
        return new ServerUnderTest(setup, setup.home());
    }

    /** Starts one more server on the database of another one, which has the credentials. */
    static ServerUnderTest startBeside(ServerUnderTest first, ServerSetup setup) {
        return new ServerUnderTest(setup, first.setup.home());
    }

    ServerSetup setup() {
        return setup;
    }

    Path home() {
        return setup.home();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + setup.port());
    }

    /** What the first start wrote for the person at this machine. */
    JsonNode credentials() {
        try {
            return Json.parse(Files.readString(credentialsHome.resolve("credentials.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client with the first key. */
    Api api() {
        return new Api(url(), credentials().path("key").asString());
    }

    /** What the catalog's metadata names, and what is in the warehouse. */
    StoredTables tables() {
        return new StoredTables(setup.databaseUrl(), setup.warehouse());
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    Duration startUp() {
        return startUp;
    }

    /** The worker processes that live now. */
    List<ProcessHandle> workers() {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("dev.tarn.worker.Worker"))
                .toList();
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    /** Asks it to stop, and does not wait. */
    void terminate() {
        process.destroy();
    }

    /** Stops it properly, and waits. */
    int stop() {
        terminate();
        return waitForEnd();
    }

    int waitForEnd() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The server did not end within " + STOP + ": " + logTail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again on the same home, after its end. */
    void startAgain() {
        if (process.isAlive()) {
            throw new IllegalStateException("The server still runs");
        }
        long began = System.nanoTime();
        process = setup.launch();
        startUp = waitUntilReady(began);
    }

    String logTail() {
        try (Stream<String> lines = Files.lines(setup.log())) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 40), all.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private Duration waitUntilReady(long began) {
        Api nobody = new Api(url(), "none");
        while (System.nanoTime() - began < START.toNanos()) {
            if (!process.isAlive()) {
                throw new AssertionError("The server ended with exit code " + process.exitValue() + ": " + logTail());
            }
            if (nobody.ready()) {
                return Duration.ofNanos(System.nanoTime() - began);
            }
            Eventually.pause(Duration.ofMillis(20));
        }
        process.destroyForcibly();
        throw new AssertionError("The server was not ready within " + START + ": " + logTail());
    }

    /** Ends it at once: a test that cares how it ends says so before. */
    @Override
    public void close() {
        List<ProcessHandle> workers = workers();
        process.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        waitForEnd();
    }
}
