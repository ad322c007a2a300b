package dev.tarn.cli.access;

import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Revoke a key; it is refused from now on.",
        footer = {"", "Examples:", "  tarn keys revoke ID"})
final class KeysRevokeCommand extends ServerCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The key's id, as `tarn keys list` shows it.")
    private String id = "";

    KeysRevokeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        client.delete("/tarn/v1/keys/" + TarnClient.encode(id));
        say(JsonObject.of("id", id, "revoked", true), "Key " + id + " is revoked.");
    }
}
