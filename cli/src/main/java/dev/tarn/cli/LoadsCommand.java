package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonNumber;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.PathQuery;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "loads",
        mixinStandardHelpOptions = true,
        description = "List loads, newest first; look at one, cancel one, or fetch the rows it left out.",
        footer = {
            "",
            "Examples:",
            "  tarn loads",
            "  tarn loads --state running --all",
            "  tarn loads show ID",
            "  tarn loads cancel ID",
            "  tarn loads rejects ID --output rejects.csv"
        })
final class LoadsCommand implements Callable<Integer> {
    private enum State {
        receiving,
        running,
        completed,
        failed,
        cancelled
    }

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--limit", paramLabel = "N", description = "How many; 20 unless told otherwise, 1,000 at most.")
    private int limit = 20;

    @Option(names = "--state", paramLabel = "STATE", description = "Only ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Option(names = "--table", paramLabel = "TABLE", description = "Only those into this table.")
    private @Nullable String table;

    @Option(names = "--all", description = "Everybody's, for whoever may manage.")
    private boolean all;

    LoadsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        JsonObject page = server.client(terminal)
                .fetch(new PathQuery("/tarn/v1/loads")
                        .with("limit", limit)
                        .with("state", state)
                        .with("user", all ? "all" : "me")
                        .with("table", table == null ? null : DescribeCommand.fullName(table)));
        if (server.json) {
            terminal.out().println(Json.write(page));
            return ExitCode.OK.number;
        }
        Listing listing =
                new Listing().text("id", "id").text("started", "started_at").text("state", LoadsCommand::state);
        if (all) {
            listing.text("user", HistoryCommand::user);
        }
        listing.text("table", "table")
                .count("rows", "rows")
                .count("left out", "rejected_rows")
                .bytes("read", "bytes_read")
                .text("file", load -> Listing.shortened(load.text("file_name"), 40))
                .print(terminal.out(), page.objects("loads"));
        return ExitCode.OK.number;
    }

    private static String state(JsonObject load) {
        String state = load.text("state", "");
        return load.value("fraction") instanceof JsonNumber && state.equals("running")
                ? state + " " + Math.round(100 * load.decimal("fraction")) + " %"
                : state;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show one load.",
            footer = {"", "Examples:", "  tarn loads show ID", "  tarn loads show ID --json"})
    static final class Show implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Parameters(index = "0", paramLabel = "ID", description = "The load's id.")
        private String id = "";

        Show(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            JsonObject load = server.client(terminal).fetch("/tarn/v1/loads/" + TarnClient.encode(id));
            if (server.json) {
                terminal.out().println(Json.write(load));
            } else {
                load.members()
                        .forEach((name, value) -> terminal.out()
                                .println(name + ": " + (value instanceof String text ? text : Json.write(value))));
            }
            return ExitCode.OK.number;
        }
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Cancel a load that runs; the table stays as it was.",
            footer = {"", "Examples:", "  tarn loads cancel ID"})
    static final class Cancel implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Parameters(index = "0", paramLabel = "ID", description = "The load's id.")
        private String id = "";

        Cancel(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            server.client(terminal).delete("/tarn/v1/loads/" + TarnClient.encode(id));
            terminal.out()
                    .println(
                            server.json
                                    ? Json.write(JsonObject.of("id", id, "cancelled", true))
                                    : "Load " + id + " will end as cancelled.");
            return ExitCode.OK.number;
        }
    }

    @Command(
            name = "rejects",
            mixinStandardHelpOptions = true,
            description = "Fetch the rows that a load left out, as CSV: file, line, column, value, reason.",
            footer = {"", "Examples:", "  tarn loads rejects ID", "  tarn loads rejects ID --output rejects.csv"})
    static final class Rejects implements Callable<Integer> {
        private final Terminal terminal;

        @Mixin
        private ServerOptions server = new ServerOptions();

        @Parameters(index = "0", paramLabel = "ID", description = "The load's id.")
        private String id = "";

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Where to; standard output unless told otherwise.")
        private @Nullable Path output;

        Rejects(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws Exception {
            TarnClient client = server.client(terminal);
            try (TarnClient.Opened answer = client.download("/tarn/v1/loads/" + TarnClient.encode(id) + "/rejects")) {
                if (output == null) {
                    ExportedFile.copy(client, answer.body(), terminal.out());
                } else {
                    long bytes = ExportedFile.write(client, answer.body(), output);
                    terminal.out()
                            .println(
                                    server.json
                                            ? Json.write(JsonObject.of("output", output.toString(), "bytes", bytes))
                                            : output + ": " + Amount.bytes(bytes));
                }
            }
            return ExitCode.OK.number;
        }
    }
}
