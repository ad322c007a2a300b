package dev.tarn.cli.access;

import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.PathQuery;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.CellText;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description =
                "Say whether somebody may do something, because of which roles and grants, and who could grant it."
                        + " Ends with 0 whatever the answer is.",
        footer = {
            "",
            "Examples:",
            "  tarn grants why --verb select --on table:shop.orders",
            "  tarn grants why --user bob --verb insert --on table:shop.orders",
            "  tarn grants why --user bob --verb select --on namespace:shop --json"
        })
final class GrantsWhyCommand extends ServerCommand {
    @Option(
            names = "--user",
            paramLabel = "USER",
            completionCandidates = Candidates.Users.class,
            description = "Of whom; of yourself unless told otherwise.")
    private @Nullable String user;

    @Option(
            names = "--verb",
            required = true,
            paramLabel = "VERB",
            completionCandidates = Candidates.Verbs.class,
            description = "${COMPLETION-CANDIDATES}.")
    private String verb = "";

    @Mixin
    private ResourceOption resource = new ResourceOption();

    GrantsWhyCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        JsonObject answer = client.fetch(new PathQuery("/tarn/v1/access")
                .with("verb", verb)
                .with("on", resource.on())
                .with("user", user));
        if (json()) {
            terminal().out().println(Json.write(answer));
        } else {
            print(answer);
        }
    }

    private void print(JsonObject answer) {
        PrintStream out = terminal().out();
        String allowed = answer.text("allowed", "?");
        String text = answer.text("text", "");
        out.println(painted(allowed) + (text.isEmpty() ? "" : ": " + CellText.visible(text)));
        for (JsonObject reason : answer.objects("because")) {
            out.println("  " + CellText.visible(reason.text("text", Json.write(reason))));
        }
        if (!answer.texts("granters").isEmpty() && !allowed.equals("yes")) {
            out.println("It can be granted by " + CellText.visible(String.join(", ", answer.texts("granters"))) + ".");
        }
    }

    private String painted(String allowed) {
        String colour = switch (allowed) {
            case "yes" -> "green";
            case "partly" -> "yellow";
            default -> "red";
        };
        return terminal().colourful()
                ? Ansi.ON.string("@|" + colour + " " + CellText.visible(allowed) + "|@")
                : CellText.visible(allowed);
    }
}
