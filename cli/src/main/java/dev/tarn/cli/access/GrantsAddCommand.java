package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.ExitCode;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Grant a verb on a resource to a role or a user.",
        footer = {
            "",
            "Examples:",
            "  tarn grants add --to Viewer --verb select --on namespace:shop",
            "  tarn grants add --to bob --verb select --on table:shop.orders --columns id,status",
            "  tarn grants add --to Analyst --verb select --on table:shop.orders --rows \"status = 'paid'\"",
            "  tarn grants add --to user:bob --verb use --on 'agent:*'"
        })
final class GrantsAddCommand extends ServerCommand {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "ROLE_OR_USER",
            completionCandidates = Candidates.Grantees.class,
            description = "A role's or a user's name; role:NAME or user:NAME where both have it.")
    private String to = "";

    @Option(
            names = "--verb",
            required = true,
            paramLabel = "VERB",
            completionCandidates = Candidates.GrantedVerbs.class,
            description = "${COMPLETION-CANDIDATES} (all of them).")
    private String verb = "";

    @Mixin
    private ResourceOption resource = new ResourceOption();

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "Of a table, only these columns; the others do not exist for the grantee.")
    private @Nullable List<String> columns;

    @Option(
            names = "--rows",
            paramLabel = "EXPRESSION",
            description = "Of a table, only the rows for which this is true: SQL over its columns and current_user.")
    private @Nullable String rows;

    GrantsAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        JsonObject wish = JsonObject.given(
                "to",
                to,
                "verb",
                verb,
                "on",
                resource.on(),
                "columns",
                columns == null ? null : named(columns),
                "rows",
                rows);
        JsonObject made = client.post(GrantsCommand.PATH, wish);
        say(made, "Grant " + made.text("id", "?") + ": " + sentence(made));
    }

    /** An empty list would not mean what it looks like. */
    private static List<String> named(List<String> columns) throws CommandException {
        List<String> names = columns.stream().map(String::strip).toList();
        if (names.stream().anyMatch(String::isEmpty)) {
            throw new CommandException(ExitCode.USAGE, "--columns has an empty name; write --columns id,status.");
        }
        return names;
    }

    private static String sentence(JsonObject grant) {
        List<String> columns = grant.texts("columns");
        String rows = grant.text("rows");
        return Shown.grantee(grant) + " may " + grant.text("verb", "?") + " " + grant.text("on", "?")
                + (columns.isEmpty() ? "" : ", columns " + String.join(", ", columns))
                + (rows == null ? "." : ", rows where " + rows + ".");
    }
}
