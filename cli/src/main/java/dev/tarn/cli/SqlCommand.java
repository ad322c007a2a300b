package dev.tarn.cli;

import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.OutputFormat;
import dev.tarn.cli.output.StatementAnswer;
import dev.tarn.cli.statement.StatementSplitter;
import dev.tarn.cli.statement.StatementText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        description =
                "Run SQL statements and print their rows. Several are separated by semicolons and run one after the"
                        + " other until one fails. Without a statement, on a terminal, a prompt opens.",
        footer = {
            "",
            "Examples:",
            "  tarn sql \"select count(*) from iceberg.shop.orders\"",
            "  tarn sql -f report.sql --format csv > report.csv",
            "  tarn sql \"select * from shop.orders where status = :status\" --param status=paid --format markdown",
            "  echo \"show tables in iceberg.shop\" | tarn sql --json",
            "  tarn sql"
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
                description =
                        "The statement, or several. Without it and without --file they are read from standard input,"
                                + " or from a prompt when that is a terminal.")
        private @Nullable String statement;

        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "Read the statements from this file (UTF-8).")
        private @Nullable Path file;
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "${COMPLETION-CANDIDATES}; table unless told otherwise. csv writes NULL as an empty field; json"
                            + " is an array of objects, ndjson an object a line.")
    private @Nullable OutputFormat format;

    @Option(names = "--csv", description = "The same as --format csv.")
    private boolean csv;

    @Mixin
    private StatementOptions options = new StatementOptions();

    SqlCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        boolean otherThanJson = csv || format != null;
        if ((otherThanJson && server.json) || (csv && format != null)) {
            throw new CommandException(ExitCode.USAGE, "Choose one of --json, --csv and --format.");
        }
        Map<String, Object> values = options.values();
        if (source.statement == null && source.file == null && terminal.interactive() && !server.json) {
            return SqlPrompt.open(terminal, server, options.runner(server.client(terminal)));
        }
        List<StatementText> statements = StatementSplitter.split(text());
        if (statements.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "The statement is empty.");
        }
        requireUsed(values, statements);
        StatementRunner runner = options.runner(server.client(terminal));
        for (int i = 0; i < statements.size(); i++) {
            if (i > 0 && !server.json && chosen() == OutputFormat.table) {
                terminal.out().println();
            }
            run(runner, statements.get(i));
        }
        return ExitCode.OK.number;
    }

    private OutputFormat chosen() {
        return csv ? OutputFormat.csv : format != null ? format : OutputFormat.table;
    }

    private static void requireUsed(Map<String, Object> values, List<StatementText> statements)
            throws CommandException {
        for (String name : values.keySet()) {
            if (statements.stream()
                    .noneMatch(statement -> statement.parameters().contains(name))) {
                throw new CommandException(ExitCode.USAGE, "No statement has :" + name + ", which --param gives.");
            }
        }
    }

    @SuppressWarnings("try") // a resource that is only held
    private void run(StatementRunner runner, StatementText statement) throws RequestException, CommandException {
        String id = UUID.randomUUID().toString();
        try (CancelOnInterrupt running = CancelOnInterrupt.statement(runner.client(), id)) {
            if (server.json) {
                runner.copy(id, statement, terminal.out());
                return;
            }
            StatementAnswer summary = runner.run(id, statement, chosen().sink(terminal.out()));
            if (chosen() == OutputFormat.table) {
                terminal.out().println(summary(summary));
            }
        } catch (RequestException.Refused refused) {
            if (server.json) {
                throw refused;
            }
            throw StatementRunner.withPlace(refused.problem(), statement);
        }
    }

    static String summary(StatementAnswer answer) {
        return "(" + Amount.rows(answer.rowCount()) + ", " + answer.elapsedMs() + " ms, "
                + Amount.bytes(answer.bytesScanned()) + " scanned)";
    }

    private String text() throws CommandException, IOException {
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
}
