package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.CommandGroup;
import dev.tarn.cli.HiddenInput;
import dev.tarn.cli.Listing;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "set|list|remove|rotate-key",
        description = "Keep secrets that the server must use again (of mail, webhooks, storage, models), encrypted.",
        footer = {
            "",
            "Examples:",
            "  tarn secrets set mail-password < password.txt",
            "  tarn secrets list",
            "  tarn secrets remove mail-password"
        })
final class SecretsCommand extends CommandGroup {
    private static final String PATH = "/tarn/v1/secrets";

    private static String path(String name) {
        return PATH + "/" + TarnClient.encode(name);
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Set a secret, new or in place of what it was: all of standard input but the last line's end,"
                    + " or, at a terminal, the answer to a question. It is never shown again.",
            footer = {
                "",
                "Examples:",
                "  tarn secrets set mail-password < password.txt",
                "  printf %s \"$TOKEN\" | tarn secrets set model-key"
            })
    static final class Set extends ServerCommand {
        @Parameters(
                index = "0",
                paramLabel = "NAME",
                completionCandidates = Candidates.Secrets.class,
                description = "What settings call it, as secret:NAME.")
        private String name = "";

        Set(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            client.put(path(name), JsonObject.of("value", value()));
            say(
                    JsonObject.of("name", name, "set", true),
                    "Secret " + name + " is set. Settings refer to it as secret:" + name + ".");
        }

        private String value() throws CommandException {
            return terminal().inputIsTerminal()
                    ? HiddenInput.asked(terminal(), "Value", true, "give it on standard input")
                    : HiddenInput.everything(terminal(), "Value");
        }
    }

    static CommandLine list(Terminal terminal) {
        return ListCommand.of(
                terminal,
                "secrets",
                "List secrets by name; their values are never shown.",
                new Listing()
                        .text("name", "name")
                        .text("set", secret -> secret.text("updated_at", secret.text("created_at", "")))
                        .text("created", "created_at")
                        .text("by", secret -> Shown.name(secret, "created_by")));
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Remove a secret; settings that refer to it no longer work.",
            footer = {"", "Examples:", "  tarn secrets remove mail-password"})
    static final class Remove extends ServerCommand {
        @Parameters(
                index = "0",
                paramLabel = "NAME",
                completionCandidates = Candidates.Secrets.class,
                description = "The secret's name.")
        private String name = "";

        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            client.delete(path(name));
            say(JsonObject.of("name", name, "removed", true), "Secret " + name + " is removed.");
        }
    }

    @Command(
            name = "rotate-key",
            mixinStandardHelpOptions = true,
            description =
                    "Encrypt everything on the server with another key, while it serves; for the operator. Completes a"
                            + " rotation that was cut off.",
            footer = {"", "Examples:", "  tarn secrets rotate-key"})
    static final class RotateKey extends ServerCommand {
        RotateKey(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            JsonObject rotated = client.post(PATH + "/rotate-key", JsonObject.of());
            say(
                    rotated,
                    "Key " + rotated.text("key_id", "?") + " encrypts from now on, in place of "
                            + rotated.text("old_key_id", "?") + "; encrypted anew: " + rotated.number("resealed")
                            + ".");
        }
    }
}
