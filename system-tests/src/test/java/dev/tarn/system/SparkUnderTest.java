package dev.tarn.system;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Spark on the tables of one server's first tenant (peers/spark). */
final class SparkUnderTest implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("tarn.root"));

    private final Process process;
    private final BufferedWriter statements;
    private final BufferedReader answers;

    private SparkUnderTest(Process process) {
        this.process = process;
        statements = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Through the server's REST catalog. */
    static SparkUnderTest throughCatalog(ServerUnderTest server, Path log) throws IOException, InterruptedException {
        return start(
                log,
                List.of(
                        server.credentials().path("url").asString() + "/iceberg",
                        server.credentials().path("key").asString(),
                        "tarn",
                        "2"));
    }

    /** Through Iceberg's JDBC catalog on the server's database. */
    static SparkUnderTest start(ServerUnderTest server, Path log) throws IOException, InterruptedException {
        String tenant = server.credentials().path("tenant_id").asString();
        List<String> arguments = new ArrayList<>();
        arguments.add(server.setup().databaseUrl()
                + (server.setup().databaseUrl().contains("?") ? "&" : "?")
                + (server.setup().databaseUrl().startsWith("jdbc:sqlite")
                        ? "busy_timeout=20000"
                        : "ApplicationName=spark"));
        arguments.add(server.setup().warehouse().resolve(tenant).toString());
        arguments.add(tenant);
        arguments.add("2");
        return start(log, arguments);
    }

    private static SparkUnderTest start(Path log, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(command(log));
        command.addAll(arguments);
        SparkUnderTest spark = new SparkUnderTest(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        if (!spark.line().path("ready").asBoolean()) {
            throw new IllegalStateException("Spark is not ready, see " + log);
        }
        return spark;
    }

    private static List<String> command(Path log) throws IOException, InterruptedException {
        Process script = new ProcessBuilder(
                        ROOT.resolve("scripts/spark-peer.sh").toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        List<String> lines;
        try (BufferedReader output = script.inputReader(StandardCharsets.UTF_8)) {
            lines = output.lines().toList();
        }
        if (script.waitFor() != 0) {
            throw new IllegalStateException("scripts/spark-peer.sh failed, see " + log);
        }
        return lines;
    }

    private JsonNode line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException("Spark has ended");
        }
        return Json.parse(line);
    }

    private JsonNode answer(String sql) {
        try {
            statements.write(Json.write(sql));
            statements.newLine();
            statements.flush();
            return line();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each row's values as text, joined; NULL is null. */
    List<String> rows(String sql) {
        JsonNode answer = answer(sql);
        if (!answer.path("rows").isArray()) {
            throw new AssertionError(sql + ": " + answer);
        }
        return answer.path("rows")
                .valueStream()
                .map(row -> String.join(
                        "|",
                        StreamSupport.stream(row.spliterator(), false)
                                .map(value -> value.asString("null"))
                                .toList()))
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
