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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "grants",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "add|list|remove|why",
        description = "Say who may do what: a verb on a resource, to a role or a user.",
        footer = {
            "",
            "Examples:",
            "  tarn grants add --to Analyst --verb select --on table:shop.orders",
            "  tarn grants list --on table:shop.orders",
            "  tarn grants why --user bob --verb select --on table:shop.orders",
            "  tarn grants remove ID"
        })
final class GrantsCommand extends CommandGroup {
    static final String PATH = "/tarn/v1/grants";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List grants, newest first. What built-in roles may do is no grant; see docs/access.md.",
            footer = {
                "",
                "Examples:",
                "  tarn grants list",
                "  tarn grants list --to Analyst",
                "  tarn grants list --on table:shop.orders --json"
            })
    static final class ListAll extends ServerCommand {
        @Option(
                names = "--to",
                paramLabel = "ROLE_OR_USER",
                completionCandidates = Candidates.Grantees.class,
                description = "Only those to this role or user.")
        private @Nullable String to;

        @Option(
                names = "--on",
                paramLabel = "RESOURCE",
                completionCandidates = Candidates.Resources.class,
                description = "Only those on this.")
        private @Nullable String on;

        ListAll(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            list(
                    "grants",
                    client.fetchAll(new PathQuery(PATH).with("to", to).with("on", on), "grants"),
                    new Listing()
                            .text("id", "id")
                            .text("to", Shown::grantee)
                            .text("verb", "verb")
                            .text("on", "on")
                            .text("columns", Shown::columns)
                            .text("rows", grant -> Listing.shortened(grant.text("rows", "all"), 60))
                            .text("by", grant -> Shown.name(grant, "created_by"))
                            .text("created", "created_at"));
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Take a grant back; what it allowed is refused from now on.",
            footer = {"", "Examples:", "  tarn grants remove ID"})
    static final class Remove extends ServerCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "The grant's id, as `tarn grants list` shows it.")
        private String id = "";

        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            client.delete(PATH + "/" + TarnClient.encode(id));
            say(JsonObject.of("id", id, "removed", true), "Grant " + id + " is removed.");
        }
    }
}
