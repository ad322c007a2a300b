package dev.tarn.cli.access;

import dev.tarn.cli.CommandGroup;
import dev.tarn.cli.Listing;
import dev.tarn.cli.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "create|list|revoke|rotate-signing",
        description = "Make, list and revoke API keys; rotate the key that signs tokens.",
        footer = {
            "",
            "Examples:",
            "  tarn keys create --name ci",
            "  tarn keys create --role Viewer --expires 30d --restrict namespace:shop",
            "  tarn keys list",
            "  tarn keys revoke ID"
        })
final class KeysCommand extends CommandGroup {
    static CommandLine list(Terminal terminal) {
        return ListCommand.of(
                terminal,
                "keys",
                "List keys, newest first, revoked ones too.",
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
