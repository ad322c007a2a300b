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
    private final Listing table;

    private ListCommand(Terminal terminal, String kind, Listing table) {
        super(terminal);
        this.kind = kind;
        this.table = table;
    }

    /** The command {@code tarn KIND list}; the API has the same word as path and as member of its answer. */
    static CommandLine of(Terminal terminal, String kind, String description, Listing table) {
        CommandLine command = new CommandLine(new ListCommand(terminal, kind, table));
        command.getCommandSpec()
                .usageMessage()
                .description(description)
                .footer("", "Examples:", "  tarn " + kind + " list", "  tarn " + kind + " list --json");
        return command;
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        list(kind, client.fetchAll("/tarn/v1/" + kind, kind), table);
    }
}
