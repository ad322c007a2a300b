package dev.tarn.cli;

import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Revoke a key; it is refused from now on.",
        footer = {"", "Examples:", "  tarn keys revoke ID"})
final class KeysRevokeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "The key's id, as `tarn keys list` shows it.")
    private String id = "";

    KeysRevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        server.client(terminal).delete("/tarn/v1/keys/" + TarnClient.encode(id));
        terminal.out()
                .println(
                        server.json
                                ? Json.write(JsonObject.of("id", id, "revoked", true))
                                : "Key " + id + " is revoked.");
        return ExitCode.OK.number;
    }
}
