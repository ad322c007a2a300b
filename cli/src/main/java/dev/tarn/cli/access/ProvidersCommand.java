package dev.tarn.cli.access;

import dev.tarn.cli.CommandGroup;
import dev.tarn.cli.Listing;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "providers",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "list|add|remove",
        description = "Let in the users of identity providers (OpenID Connect).",
        footer = {
            "",
            "Examples:",
            "  tarn providers list",
            "  tarn providers add company --issuer https://login.example.com --client-id tarn --just-in-time",
            "  tarn providers remove company"
        })
final class ProvidersCommand extends CommandGroup {
    static final String PATH = "/tarn/v1/identity-providers";

    static String path(String name) {
        return PATH + "/" + TarnClient.encode(name);
    }

    static CommandLine list(Terminal terminal) {
        return ListCommand.of(
                terminal,
                "providers",
                PATH,
                "List identity providers; their client secrets are never shown.",
                new Listing()
                        .text("name", "name")
                        .text("issuer", "issuer")
                        .text("client", "client_id")
                        .text("audience", "audience")
                        .text("secret", provider -> Shown.yes(provider.truth("has_client_secret")))
                        .text("roles from", provider -> Shown.name(provider, "roles_claim"))
                        .text("makes users", provider -> Shown.yes(provider.truth("just_in_time")))
                        .text("shown", provider -> Shown.yes(provider.truth("shown"))));
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description =
                    "Remove an identity provider: its tokens open nothing any more, and its users stay without a way to"
                            + " sign in.",
            footer = {"", "Examples:", "  tarn providers remove company"})
    static final class Remove extends ServerCommand {
        @Parameters(
                index = "0",
                paramLabel = "NAME",
                completionCandidates = Candidates.Providers.class,
                description = "The provider's name.")
        private String name = "";

        Remove(Terminal terminal) {
            super(terminal);
        }

        @Override
        protected void run(TarnClient client) throws Exception {
            client.delete(path(name));
            say(JsonObject.of("name", name, "removed", true), "Identity provider " + name + " is removed.");
        }
    }
}
