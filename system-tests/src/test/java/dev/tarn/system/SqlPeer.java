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

/** Another engine's process (peers): it takes a statement a line and answers with one. */
final class SqlPeer implements AutoCloseable {
    private final Process process;
    private final BufferedWriter statements;
    private final BufferedReader answers;

    private SqlPeer(Process process) {
        this.process = process;
        statements = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static SqlPeer start(Path log, String script, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(PeerScript.command(log, script));
        command.addAll(arguments);
        SqlPeer peer = new SqlPeer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        if (!peer.line().path("ready").asBoolean()) {
            throw new IllegalStateException("The engine of " + script + " is not ready, see " + log);
        }
        return peer;
    }

    private JsonNode line() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException("The engine has ended");
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
