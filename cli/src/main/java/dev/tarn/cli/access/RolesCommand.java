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
        name = "roles",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|add|remove",
        description = "List the built-in roles and your own; make and remove your own.",
        footer = {"", "Examples:", "  tarn roles list", "  tarn roles add Support", "  tarn roles remove Support"})
final class RolesCommand extends CommandGroup {
    private static final String PATH = "/tarn/v1/roles";

    static CommandLine list(Terminal terminal) {
        return ListCommand.of(
                terminal,
                "roles",
                "List roles: the built-in ones, whose verbs are fixed, and your own.",
                new Listing()
                        .text("role", "name")
                        .text("built in", role -> Shown.yes(role.truth("built_in")))
                        .count("members", "members")
                        .text("description", role -> role.text("description", "")));
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Make a role of your own. It may do nothing until something is granted to it.",
            footer = {"", "Examples:", "  tarn roles add Support"})
    static final class Add extends ServerCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "The role's name.")
        private String name = "";

        Add(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            JsonObject made = client.post(PATH, JsonObject.of("name", name));
            say(made, "Role " + made.text("name", name) + " is made. Give it rights with `tarn grants add`.");
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Remove a role of your own, and all that is granted to it.",
            footer = {"", "Examples:", "  tarn roles remove Support"})
    static final class Remove extends ServerCommand {
        @Parameters(
                index = "0",
                paramLabel = "NAME",
                completionCandidates = Candidates.Roles.class,
                description = "The role's name.")
        private String name = "";

        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            client.delete(PATH + "/" + TarnClient.encode(name));
            say(JsonObject.of("name", name, "removed", true), "Role " + name + " is removed.");
        }
    }
}
