package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.ExitCode;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "role",
        mixinStandardHelpOptions = true,
        description = "Give a user roles, or take roles away.",
        footer = {
            "",
            "Examples:",
            "  tarn users role bob --add Analyst",
            "  tarn users role bob --add Analyst --remove Viewer"
        })
final class UsersRoleCommand extends ServerCommand {
    @Mixin
    private UserArgument user = new UserArgument();

    @Option(
            names = "--add",
            paramLabel = "ROLE",
            completionCandidates = Candidates.Roles.class,
            description = "A role to give. Repeatable; one that the user has already changes nothing.")
    private List<String> added = new ArrayList<>();

    @Option(
            names = "--remove",
            paramLabel = "ROLE",
            completionCandidates = Candidates.Roles.class,
            description = "A role to take away. Repeatable; one that the user does not have is an error.")
    private List<String> removed = new ArrayList<>();

    UsersRoleCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        if (added.isEmpty() && removed.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "Name a role with --add or --remove.");
        }
        JsonObject changed = client.patch(user.path() + "/roles", JsonObject.of("add", added, "remove", removed));
        say(changed, "User " + user.name() + " now has " + Shown.roles(changed.texts("roles")) + ".");
    }
}
