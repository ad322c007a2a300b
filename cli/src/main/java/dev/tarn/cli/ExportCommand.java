package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.statement.StatementSplitter;
import dev.tarn.cli.statement.StatementText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write the rows of a statement or a table into a file or a new table. The file appears under its name"
                        + " when it is complete.",
        footer = {
            "",
            "Examples:",
            "  tarn export \"select * from shop.orders where status = 'paid'\" --output paid.csv",
            "  tarn export --table iceberg.shop.orders --output orders.parquet",
            "  tarn export --table iceberg.shop.orders --output - --format ndjson > orders.ndjson",
            "  tarn export \"select status, count(*) as n from shop.orders group by 1\" --to-table shop.by_status"
        })
final class ExportCommand implements Callable<Integer> {
    private static final Pattern TABLE_NAME = Pattern.compile(
            "(?:[\\p{L}\\p{N}_$]+|\"(?:[^\"]|\"\")+\")(?:\\.(?:[\\p{L}\\p{N}_$]+|\"(?:[^\"]|\"\")+\"))*");

    private enum Format {
        csv,
        parquet,
        xlsx,
        ndjson,
        arrow
    }

    private enum Mode {
        create,
        append,
        replace
    }

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source = new Source();

    static final class Source {
        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "STATEMENT",
                description = "The statement whose rows are written.")
        private @Nullable String statement;

        @Option(names = "--table", paramLabel = "TABLE", description = "All rows of this table.")
        private @Nullable String table;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Target target = new Target();

    static final class Target {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description =
                        "Where to; its ending is the format: .csv, .parquet, .xlsx, .ndjson, .arrow. - is standard output.")
        private @Nullable String output;

        @Option(
                names = "--to-table",
                paramLabel = "TABLE",
                description = "A table of the lakehouse, for example shop.summary.")
        private @Nullable String table;
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}, whatever the file is called.")
    private @Nullable Format format;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "Of --to-table: ${COMPLETION-CANDIDATES}; create unless told otherwise.")
    private Mode mode = Mode.create;

    @Mixin
    private StatementOptions options = new StatementOptions();

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @SuppressWarnings("try") // a resource that is only held
    @Override
    public Integer call() throws Exception {
        StatementText statement = statement();
        TarnClient client = server.client(terminal);
        String id = UUID.randomUUID().toString();
        JsonObject request = options.runner(client).request(id, statement);
        try (CancelOnInterrupt running = CancelOnInterrupt.statement(client, id)) {
            if (target.table != null) {
                toTable(client, request, target.table);
            } else if (target.output != null) {
                toFile(client, request, target.output);
            }
        } catch (RequestException.Refused refused) {
            throw server.json ? refused : StatementRunner.withPlace(refused.problem(), statement);
        }
        return ExitCode.OK.number;
    }

    private StatementText statement() throws CommandException {
        if (source.table != null) {
            if (!TABLE_NAME.matcher(source.table).matches()) {
                throw new CommandException(
                        ExitCode.USAGE,
                        source.table + " is no table's name; one looks like iceberg.shop.orders or shop.\"my table\".");
            }
            return StatementSplitter.split("select * from " + source.table).getFirst();
        }
        List<StatementText> statements = StatementSplitter.split(source.statement == null ? "" : source.statement);
        if (statements.size() != 1) {
            throw new CommandException(
                    ExitCode.USAGE,
                    statements.isEmpty() ? "The statement is empty." : "An export takes one statement.");
        }
        return statements.getFirst();
    }

    private void toTable(TarnClient client, JsonObject request, String table) throws RequestException {
        request.members().put("table", table);
        request.members().put("mode", mode.name());
        JsonObject done = client.post("/tarn/v1/statements/export", request);
        terminal.out()
                .println(
                        server.json
                                ? Json.write(done)
                                : Amount.rows(done.number("rows")) + " into " + done.text("table", table) + " ("
                                        + done.number("elapsed_ms") + " ms, "
                                        + Amount.bytes(done.number("bytes_scanned")) + " scanned)");
    }

    private void toFile(TarnClient client, JsonObject request, String output)
            throws RequestException, CommandException, IOException {
        boolean standard = output.equals("-");
        request.members().put("format", formatOf(output, standard).name());
        if (!standard) {
            request.members().put("filename", Path.of(output).getFileName().toString());
        }
        try (TarnClient.Opened answer = client.download("/tarn/v1/statements/export", request)) {
            if (standard) {
                ExportedFile.copy(client, answer.body(), terminal.out());
                terminal.out().flush();
                return;
            }
            long bytes = ExportedFile.write(client, answer.body(), Path.of(output));
            String rows = answer.header("x-tarn-rows");
            if (server.json) {
                terminal.out()
                        .println(Json.write(JsonObject.of("output", output, "rows", number(rows), "bytes", bytes)));
            } else {
                terminal.out()
                        .println(output + ": " + (rows.isEmpty() ? "" : Amount.rows(Long.parseLong(rows)) + ", ")
                                + Amount.bytes(bytes));
            }
        }
    }

    private static @Nullable Long number(String text) {
        return text.isEmpty() ? null : Long.valueOf(text);
    }

    private Format formatOf(String output, boolean standard) throws CommandException {
        if (format != null) {
            return format;
        }
        String ending = output.substring(output.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (Format known : Format.values()) {
            if (known.name().equals(ending)) {
                return known;
            }
        }
        if (standard) {
            return Format.csv;
        }
        throw new CommandException(
                ExitCode.USAGE, "The ending of " + output + " is no known format; name one with --format.");
    }
}
