package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.CellText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Make a key. It is printed once, and the server keeps only a hash of it.",
        footer = {
            "",
            "Examples:",
            "  tarn keys create --name ci",
            "  TARN_KEY=$(tarn keys create --name ci --quiet)",
            "  tarn keys create --name report --role Viewer --expires 30d",
            "  tarn keys create --name notebook --restrict namespace:shop --restrict table:ml.scores",
            "  tarn keys create --name datalinks --prefix dl_sk_v1_",
            "  tarn keys create --name visitor --expires-at 2027-01-31T00:00:00Z"
        })
final class KeysCreateCommand extends ServerCommand {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the key is for; says who made it and when unless told otherwise.")
    private @Nullable String name;

    @Option(
            names = "--user",
            paramLabel = "USER",
            completionCandidates = Candidates.Users.class,
            description = "Whose it is; yours unless told otherwise. Needs the right to manage that user.")
    private @Nullable String user;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            completionCandidates = Candidates.Roles.class,
            description = "The key may do what this role may do, and no more; else what its user may do.")
    private @Nullable String role;

    @Option(
            names = {"--expires", "--expires-at"},
            paramLabel = "WHEN",
            description = "From when on it is refused. " + Moment.FORMS)
    private @Nullable String expires;

    @Option(
            names = "--rate-plan",
            paramLabel = "PLAN",
            description = "How many calls a minute it may make: the name of one of the server's plans.")
    private @Nullable String ratePlan;

    @Option(
            names = "--restrict",
            paramLabel = "RESOURCE",
            completionCandidates = Candidates.Resources.class,
            description = "The key reaches this and nothing else, for example namespace:shop. Repeatable.")
    private List<String> restrictions = new ArrayList<>();

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            completionCandidates = Candidates.KeyPrefixes.class,
            description =
                    "How it begins, for a client that looks at that: ${COMPLETION-CANDIDATES}; the first unless told"
                            + " otherwise. Every key works with every contract.")
    private @Nullable String prefix;

    @Option(names = "--quiet", description = "Print the key and nothing else.")
    private boolean quiet;

    KeysCreateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        JsonObject made = client.post("/tarn/v1/keys", wish());
        if (json()) {
            terminal().out().println(Json.write(made));
            return;
        }
        terminal().out().println(made.text("key", ""));
        if (!quiet) {
            terminal()
                    .err()
                    .println(CellText.visible("Key \"" + made.text("name", "") + "\" (id " + made.text("id", "?")
                            + "). Keep it now: it is not shown again."));
        }
    }

    private JsonObject wish() throws CommandException {
        Instant now = terminal().clock().instant();
        return JsonObject.given(
                "name",
                name != null ? name : "made by tarn at " + now.truncatedTo(ChronoUnit.SECONDS),
                "user",
                user,
                "role",
                role,
                "expires_at",
                expires == null ? null : Moment.ahead(expires, "--expires", now, ZoneOffset.UTC),
                "rate_plan",
                ratePlan,
                "restricted_to",
                restrictions.isEmpty() ? null : restrictions,
                "prefix",
                prefix);
    }
}
