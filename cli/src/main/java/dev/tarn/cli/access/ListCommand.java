package dev.tarn.cli.access;

import dev.tarn.cli.Listing;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.TarnClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists all that the server has of a kind, where nothing is to be chosen. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class ListCommand extends ServerCommand {
    private final String kind;
    private final String path;
    private final Listing table;

    private ListCommand(Terminal terminal, String kind, String path, Listing table) {
        super(terminal);
        this.kind = kind;
        this.path = path;
        this.table = table;
    }

    /** The command {@code tarn KIND list}; the API has the same word as path and as member of its answer. */
    static CommandLine of(Terminal terminal, String kind, String description, Listing table) {
        return of(terminal, kind, "/tarn/v1/" + kind, description, table);
    }

    /** The same where the API has a longer word as path. */
    static CommandLine of(Terminal terminal, String kind, String path, String description, Listing table) {
        CommandLine command = new CommandLine(new ListCommand(terminal, kind, path, table));
        command.getCommandSpec()
                .usageMessage()
                .description(description)
                .footer("", "Examples:", "  tarn " + kind + " list", "  tarn " + kind + " list --json");
        return command;
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        list(kind, client.fetchAll(path, kind), table);
    }
}
