package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.Problem;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.CellText;
import dev.tarn.cli.output.RowSink;
import dev.tarn.cli.output.StatementAnswer;
import dev.tarn.cli.statement.StatementText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one statement with the parameters it names. */
record StatementRunner(
        TarnClient client,
        @Nullable String schema,
        @Nullable Double timeoutSeconds,
        Map<String, Object> parameters) {
    private static final String STATEMENTS = "/tarn/v1/statements";

    StatementAnswer run(String id, StatementText statement, RowSink sink) throws RequestException {
        try (InputStream answer = client.open(STATEMENTS, request(id, statement))) {
            return StatementAnswer.read(answer, sink);
        } catch (IOException e) {
            throw new RequestException.Broken(client.url(), FailureText.sentence(e));
        }
    }

    /** The server's answer untouched, as one line. */
    void copy(String id, StatementText statement, PrintStream out) throws RequestException {
        try (InputStream answer = client.open(STATEMENTS, request(id, statement))) {
            answer.transferTo(out);
            out.println();
        } catch (IOException e) {
            throw new RequestException.Broken(client.url(), FailureText.sentence(e));
        }
    }

    JsonObject request(String id, StatementText statement) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("statement", statement.text());
        if (schema != null) {
            members.put("schema", schema);
        }
        if (timeoutSeconds != null) {
            members.put("timeout_ms", Math.round(timeoutSeconds * 1_000));
        }
        Map<String, @Nullable Object> used = new LinkedHashMap<>();
        for (String name : statement.parameters()) {
            if (parameters.containsKey(name)) {
                used.put(name, parameters.get(name));
            }
        }
        if (!used.isEmpty()) {
            members.put("parameters", new JsonObject(used));
        }
        return new JsonObject(members);
    }

    /** The server's sentence with the line of the statement and a mark under the place. */
    static CommandException withPlace(Problem problem, StatementText statement) {
        Problem.Position position = problem.position();
        String place = position == null ? null : FailureText.place(statement.text(), position);
        String sentence = CellText.visible(problem.detail());
        if (position != null && place != null) {
            int line = position.line() + statement.firstLine() - 1;
            sentence += " (line " + line + ", column " + position.column() + ")" + System.lineSeparator() + place;
        }
        return new CommandException(ExitCode.ofStatus(problem.status()), sentence);
    }
}
