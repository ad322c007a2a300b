package dev.tarn.cli.access;

import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rotate-signing",
        mixinStandardHelpOptions = true,
        description = {
            "Let another key sign the access tokens of users; for the operator.",
            "Tokens that are out open until they expire. Keys of programs are something else and stay."
        },
        footer = {"", "Examples:", "  tarn keys rotate-signing", "  tarn keys rotate-signing --end-old-tokens"})
final class KeysRotateSigningCommand extends ServerCommand {
    @Option(
            names = "--end-old-tokens",
            description = "End the tokens that are out at once, for a key that has become known; clients refresh them.")
    private boolean endOldTokens;

    KeysRotateSigningCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        JsonObject rotated = client.post("/tarn/v1/signing-keys/rotate", JsonObject.of("end_old_tokens", endOldTokens));
        say(
                rotated,
                "The key " + rotated.text("id", "") + " signs from now on; older tokens end by "
                        + rotated.text("old_tokens_until", "") + ".");
    }
}
