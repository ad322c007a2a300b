package dev.tarn.cli.access;

import dev.tarn.cli.CommandGroup;
import dev.tarn.cli.Listing;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.PathQuery;
import dev.tarn.cli.client.TarnClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "add|list|disable|enable|role|password",
        description = "Make users, disable them, give them roles and passwords.",
        footer = {
            "",
            "Examples:",
            "  tarn users add ann --role Analyst --password-stdin < password.txt",
            "  tarn users list",
            "  tarn users role bob --add Analyst --remove Viewer",
            "  tarn users disable bob"
        })
final class UsersCommand extends CommandGroup {
    static final String PATH = "/tarn/v1/users";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List users with their roles.",
            footer = {"", "Examples:", "  tarn users list", "  tarn users list --search ann --json"})
    static final class ListAll extends ServerCommand {
        @Option(names = "--search", paramLabel = "TEXT", description = "Only those with this text in name or address.")
        private @Nullable String search;

        ListAll(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            list(
                    "users",
                    client.fetchAll(new PathQuery(PATH).with("q", search), "users"),
                    new Listing()
                            .text("name", "name")
                            .text("email", user -> user.text("email", ""))
                            .text("roles", user -> String.join(", ", user.texts("roles")))
                            .text("state", ListAll::state)
                            .text("signs in at", user -> user.text("issuer", ""))
                            .text("created", "created_at"));
        }

        private static String state(JsonObject user) {
            return (user.truth("active") ? "active" : "disabled") + (user.truth("operator") ? ", operator" : "");
        }
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Refuse a user from now on, with each of the user's keys and sessions. Nothing is deleted.",
            footer = {"", "Examples:", "  tarn users disable bob"})
    static final class Disable extends ServerCommand {
        @Mixin
        private UserArgument user = new UserArgument();

        Disable(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            say(
                    client.patch(user.path(), JsonObject.of("active", false)),
                    "User " + user.name() + " is disabled: no password, key or session of theirs is accepted.");
        }
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Accept a user again who was disabled.",
            footer = {"", "Examples:", "  tarn users enable bob"})
    static final class Enable extends ServerCommand {
        @Mixin
        private UserArgument user = new UserArgument();

        Enable(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            say(client.patch(user.path(), JsonObject.of("active", true)), "User " + user.name() + " is enabled.");
        }
    }

    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description = "Give a user another password. Asked for, and never an option's value.",
            footer = {"", "Examples:", "  tarn users password ann --password-stdin < password.txt"})
    static final class Password extends ServerCommand {
        @Mixin
        private UserArgument user = new UserArgument();

        @Mixin
        private PasswordOptions password = new PasswordOptions();

        Password(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            String chosen = password.read(terminal(), "give --password-stdin");
            client.put(user.path() + "/password", JsonObject.of("password", chosen));
            say(
                    JsonObject.of("name", user.name(), "password_changed", true),
                    "User " + user.name() + " has another password.");
        }
    }
}
