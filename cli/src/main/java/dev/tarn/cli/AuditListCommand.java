package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.PathQuery;
import dev.tarn.cli.client.TarnClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List entries of the audit trail, newest first. It takes the role Auditor or Admin.",
        footer = {
            "",
            "Examples:",
            "  tarn audit list",
            "  tarn audit list --outcome denied --from 2026-01-01",
            "  tarn audit list --who admin --resource 'table:iceberg.shop.*' --limit 100",
            "  tarn audit list --verb run --search orders --json"
        })
final class AuditListCommand extends ServerCommand {
    private enum Outcome {
        done,
        denied,
        failed
    }

    private static final int SHOWN = 60;

    @Option(names = "--limit", paramLabel = "N", description = "How many; 20 unless told otherwise, 1,000 at most.")
    private int limit = 20;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "At that time or later: 2026-11-27T10:00:00Z, or a day in UTC.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Before that time.")
    private @Nullable String until;

    @Option(names = "--who", paramLabel = "USER", description = "Only what this user did; a name or an id.")
    private @Nullable String who;

    @Option(names = "--verb", paramLabel = "VERB", description = "Only this verb, for example run, insert, sign_in.")
    private @Nullable String verb;

    @Option(
            names = "--resource",
            paramLabel = "RESOURCE",
            description = "Only this, for example table:iceberg.shop.orders; * at the end: all that begins so.")
    private @Nullable String resource;

    @Option(names = "--outcome", paramLabel = "OUTCOME", description = "Only ${COMPLETION-CANDIDATES}.")
    private @Nullable Outcome outcome;

    @Option(names = "--search", paramLabel = "TEXT", description = "Only entries with this text.")
    private @Nullable String search;

    @Option(
            names = "--server",
            description = "What belongs to no tenant: sign-ins of unknown names, credentials that open nothing;"
                    + " for the operator.")
    private boolean ofServer;

    AuditListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        JsonObject page = client.fetch(new PathQuery("/tarn/v1/audit")
                .with("limit", limit)
                .with("from", from)
                .with("until", until)
                .with("who", who)
                .with("verb", verb)
                .with("resource", resource)
                .with("outcome", outcome)
                .with("q", search)
                .with("scope", ofServer ? "server" : null));
        if (json()) {
            terminal().out().println(Json.write(page));
            return;
        }
        new Listing()
                .text("at", "at")
                .text("who", AuditListCommand::name)
                .text("verb", "verb")
                .text("resource", entry -> Listing.shortened(entry.text("resource"), SHOWN))
                .text("outcome", "outcome")
                .text("address", "address")
                .text("details", entry -> Listing.shortened(details(entry), SHOWN))
                .print(terminal().out(), page.objects("entries"));
    }

    private static @Nullable Object name(JsonObject entry) {
        JsonObject actor = entry.object("who");
        return actor == null ? null : actor.text("name");
    }

    private static String details(JsonObject entry) {
        JsonObject details = entry.object("details");
        return details == null || details.members().isEmpty() ? "" : Json.write(details);
    }
}
