package dev.tarn.cli.access;

import dev.tarn.cli.CommandGroup;
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
final class KeysCommand extends CommandGroup {}
