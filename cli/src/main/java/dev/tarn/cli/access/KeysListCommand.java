package dev.tarn.cli.access;

import dev.tarn.cli.Listing;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.TarnClient;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List keys, newest first, revoked ones too.",
        footer = {"", "Examples:", "  tarn keys list", "  tarn keys list --json"})
final class KeysListCommand extends ServerCommand {
    KeysListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        list(
                "keys",
                client.fetchAll("/tarn/v1/keys", "keys"),
                new Listing()
                        .text("id", "id")
                        .text("name", "name")
                        .text("starts with", "prefix")
                        .text("user", key -> Shown.name(key, "user"))
                        .text("role", key -> key.text("role", ""))
                        .text("only", key -> String.join(", ", key.texts("restricted_to")))
                        .text("plan", key -> key.text("rate_plan", ""))
                        .text("created", "created_at")
                        .text("last used", key -> key.text("last_used_at", "never"))
                        .text("expires", key -> key.text("expires_at", "never"))
                        .text("revoked", key -> key.text("revoked_at", "no")));
    }
}
