package dev.tarn.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Trino with one server's REST catalog as its catalog {@code tarn}, configured as docs/engines.md says, asked over Trino's protocol. */
final class TrinoUnderTest implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private TrinoUnderTest(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static TrinoUnderTest start(ServerUnderTest server, Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path log = folder.resolve("trino.log");
        List<String> command = PeerScript.command(log, "trino-peer.sh");
        Path etc = folder.resolve("etc");
        Files.createDirectories(etc.resolve("catalog"));
        Files.writeString(etc.resolve("config.properties"), """
                coordinator=true
                node-scheduler.include-coordinator=true
                http-server.http.port=%1$d
                discovery.uri=http://127.0.0.1:%1$d
                catalog.config-dir=etc/catalog
                """.formatted(port));
        Files.writeString(etc.resolve("catalog/tarn.properties"), EngineDocs.block("Trino", server));
        TrinoUnderTest trino = new TrinoUnderTest(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                URI.create("http://127.0.0.1:" + port));
        Eventually.within(Duration.ofMinutes(2), "Trino starts, see " + log, trino::isReady);
        return trino;
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("Trino ended with " + process.exitValue());
        }
        try {
            return send(HttpRequest.newBuilder(address.resolve("/v1/info")))
                            .path("starting")
                            .isBoolean()
                    && !send(HttpRequest.newBuilder(address.resolve("/v1/info")))
                            .path("starting")
                            .asBoolean();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Each row's values as text, joined; NULL is null. */
    List<String> rows(String sql) {
        // For a moment after its start it knows of no node, not of itself, and has done nothing when it says so.
        return Eventually.found(Duration.ofSeconds(60), sql, () -> {
            List<String> rows = new ArrayList<>();
            String failure = run(sql, rows);
            if (!failure.isEmpty() && !failure.equals("nodes is empty")) {
                throw new AssertionError(sql + ": " + failure);
            }
            return failure.isEmpty() ? Optional.of(rows) : Optional.empty();
        });
    }

    /** What it says of a failure; empty without one. */
    private String run(String sql, List<String> rows) {
        JsonNode page =
                send(HttpRequest.newBuilder(address.resolve("/v1/statement")).POST(BodyPublishers.ofString(sql)));
        while (true) {
            if (page.has("error")) {
                return page.at("/error/message").asString();
            }
            page.path("data")
                    .forEach(row -> rows.add(String.join(
                            "|",
                            StreamSupport.stream(row.spliterator(), false)
                                    .map(value -> value.asString("null"))
                                    .toList())));
            if (!page.has("nextUri")) {
                return "";
            }
            page = send(HttpRequest.newBuilder(URI.create(page.path("nextUri").asString())));
        }
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            return Json.parse(client.send(request.header("X-Trino-User", "test").build(), BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
