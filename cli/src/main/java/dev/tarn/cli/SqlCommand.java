package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.Problem;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.CellText;
import dev.tarn.cli.output.CsvSink;
import dev.tarn.cli.output.StatementAnswer;
import dev.tarn.cli.output.TableSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Run one SQL statement and print its rows.",
        footer = {
            "",
            "Examples:",
            "  tarn sql \"select count(*) from iceberg.shop.orders\"",
            "  tarn sql -f report.sql --csv > report.csv",
            "  echo \"show tables in iceberg.shop\" | tarn sql --json"
        })
final class SqlCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Source source = new Source();

    static final class Source {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "STATEMENT",
                description = "The statement. Without it and without --file it is read from standard input.")
        private @Nullable String statement;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "Read the statement from this file (UTF-8).")
        private @Nullable Path file;
    }

    @Option(names = "--csv", description = "Print CSV with a header line; NULL is an empty field.")
    private boolean csv;

    @Option(names = "--schema", paramLabel = "NAME", description = "The namespace of tables named without one.")
    private @Nullable String schema;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Give up after this long; the server's default is 60.")
    private @Nullable Double timeoutSeconds;

    SqlCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (csv && server.json) {
            throw new CommandException(ExitCode.USAGE, "Choose one of --json and --csv.");
        }
        String statement = statement();
        if (statement.isBlank()) {
            throw new CommandException(ExitCode.USAGE, "The statement is empty.");
        }
        TarnClient client = server.client(terminal);
        String id = UUID.randomUUID().toString();
        try (CancelOnInterrupt running = new CancelOnInterrupt(client, id)) {
            print(client, running.open(request(id, statement)));
        } catch (RequestException.Refused refused) {
            if (server.json) {
                throw refused;
            }
            throw withPlace(refused.problem(), statement);
        }
        return ExitCode.OK.number;
    }

    private String statement() throws CommandException, IOException {
        if (source.statement != null) {
            return source.statement;
        }
        if (source.file != null) {
            try {
                return Files.readString(source.file);
            } catch (IOException e) {
                throw new CommandException(ExitCode.WRONG_INPUT, source.file + " cannot be read as a UTF-8 text file.");
            }
        }
        if (terminal.inputIsTerminal()) {
            terminal.err().println("Type the statement, then Ctrl-D.");
        }
        return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
    }

    private JsonObject request(String id, String statement) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.put("statement", statement);
        if (schema != null) {
            members.put("schema", schema);
        }
        if (timeoutSeconds != null) {
            members.put("timeout_ms", Math.round(timeoutSeconds * 1_000));
        }
        return new JsonObject(members);
    }

    private void print(TarnClient client, InputStream opened) throws RequestException {
        try (InputStream answer = opened) {
            if (server.json) {
                answer.transferTo(terminal.out());
                terminal.out().println();
            } else if (csv) {
                StatementAnswer.read(answer, new CsvSink(terminal.out()));
            } else {
                StatementAnswer summary = StatementAnswer.read(answer, new TableSink(terminal.out(), ""));
                terminal.out()
                        .println("(" + Amount.rows(summary.rowCount()) + ", " + summary.elapsedMs() + " ms, "
                                + Amount.bytes(summary.bytesScanned()) + " scanned)");
            }
        } catch (IOException e) {
            throw new RequestException.Broken(client.url(), FailureText.sentence(e));
        }
    }

    private static CommandException withPlace(Problem problem, String statement) {
        Problem.Position position = problem.position();
        String place = position == null ? null : FailureText.place(statement, position);
        String sentence = CellText.visible(problem.detail());
        if (position != null && place != null) {
            sentence += " (line " + position.line() + ", column " + position.column() + ")" + System.lineSeparator()
                    + place;
        }
        return new CommandException(ExitCode.ofStatus(problem.status()), sentence);
    }
}
