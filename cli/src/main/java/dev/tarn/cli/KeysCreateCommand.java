package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  tarn keys create --name visitor --expires-at 2027-01-31T00:00:00Z"
        })
final class KeysCreateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "What the key is for.")
    private String name = "";

    @Option(names = "--expires-at", paramLabel = "TIME", description = "ISO 8601, for example 2027-01-31T00:00:00Z.")
    private @Nullable String expiresAt;

    @Option(names = "--quiet", description = "Print the key and nothing else.")
    private boolean quiet;

    KeysCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        JsonObject wish = new JsonObject(new LinkedHashMap<>());
        wish.members().put("name", name);
        if (expiresAt != null) {
            wish.members().put("expires_at", expiresAt);
        }
        JsonObject made = server.client(terminal).post("/tarn/v1/keys", wish);
        if (server.json) {
            terminal.out().println(Json.write(made));
        } else {
            terminal.out().println(made.text("key", ""));
            if (!quiet) {
                terminal.err()
                        .println("Key \"" + made.text("name", name) + "\" (id " + made.text("id", "?")
                                + "). Keep it now: it is not shown again.");
            }
        }
        return ExitCode.OK.number;
    }
}
