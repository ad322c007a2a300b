package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.PathQuery;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "List statements that were run, newest first.",
        footer = {
            "",
            "Examples:",
            "  tarn history",
            "  tarn history --state failed --limit 5",
            "  tarn history --search orders --all --json"
        })
final class HistoryCommand implements Callable<Integer> {
    private enum State {
        running,
        completed,
        failed,
        cancelled
    }

    private static final int STATEMENT_SHOWN = 80;

    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--limit", paramLabel = "N", description = "How many; 20 unless told otherwise, 1,000 at most.")
    private int limit = 20;

    @Option(names = "--state", paramLabel = "STATE", description = "Only ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Option(names = "--search", paramLabel = "TEXT", description = "Only statements with this text.")
    private @Nullable String search;

    @Option(names = "--all", description = "Everybody's, for whoever may manage.")
    private boolean all;

    HistoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        JsonObject page = server.client(terminal)
                .fetch(new PathQuery("/tarn/v1/statements")
                        .with("limit", limit)
                        .with("state", state)
                        .with("user", all ? "all" : null)
                        .with("q", search));
        if (server.json) {
            terminal.out().println(Json.write(page));
            return ExitCode.OK.number;
        }
        Listing listing = new Listing().text("started", "started_at").text("state", "state");
        if (all) {
            listing.text("user", HistoryCommand::user);
        }
        listing.count("ms", "elapsed_ms")
                .count("rows", "row_count")
                .text("statement", record -> Listing.shortened(record.text("statement"), STATEMENT_SHOWN))
                .print(terminal.out(), page.objects("statements"));
        return ExitCode.OK.number;
    }

    static @Nullable Object user(JsonObject record) {
        JsonObject user = record.object("user");
        return user == null ? null : user.text("name");
    }
}
