package dev.tarn.cli.access;

import dev.tarn.cli.CommandGroup;
import dev.tarn.cli.Listing;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "workspaces",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "add|list",
        description = "Make and list workspaces: scopes within a tenant for history, limits and default namespace.",
        footer = {"", "Examples:", "  tarn workspaces add marketing", "  tarn workspaces list"})
final class WorkspacesCommand extends CommandGroup {
    private static final String PATH = "/tarn/v1/workspaces";

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Make a workspace.",
            footer = {"", "Examples:", "  tarn workspaces add marketing"})
    static final class Add extends ServerCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "The workspace's name.")
        private String name = "";

        Add(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            JsonObject made = client.post(PATH, JsonObject.of("name", name));
            say(made, "Workspace " + made.text("name", name) + " is made.");
        }
    }

    static CommandLine list(Terminal terminal) {
        return ListCommand.of(
                terminal,
                "workspaces",
                "List workspaces.",
                new Listing().text("name", "name").text("id", "id"));
    }
}
