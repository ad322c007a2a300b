package dev.tarn.cli.access;

import dev.tarn.cli.CommandGroup;
import dev.tarn.cli.Listing;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.TarnClient;
import picocli.CommandLine.Command;

@Command(
        name = "tenants",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "add|list",
        description = "Make and list tenants, which see nothing of each other; for the operator.",
        footer = {"", "Examples:", "  tarn tenants add acme", "  tarn tenants list"})
final class TenantsCommand extends CommandGroup {
    static final String PATH = "/tarn/v1/tenants";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List tenants.",
            footer = {"", "Examples:", "  tarn tenants list", "  tarn tenants list --json"})
    static final class ListAll extends ServerCommand {
        ListAll(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            list(
                    "tenants",
                    client.fetchAll(PATH, "tenants"),
                    new Listing()
                            .text("name", "name")
                            .text("id", "id")
                            .text("created", tenant -> tenant.text("created_at", "")));
        }
    }
}
