package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.ExitCode;
import dev.tarn.cli.HiddenInput;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description =
                "Let in the users of an issuer. Register the address <public-url>/tarn/v1/sign-in/callback there.",
        footer = {
            "",
            "Examples:",
            "  tarn providers add company --issuer https://login.example.com --client-id tarn --just-in-time",
            "  tarn providers add office --issuer https://id.example.org --client-id tarn-office"
                    + " --client-secret-stdin < secret.txt",
            "  tarn providers add staff --issuer https://id.example.net --client-id tarn-staff --roles-claim groups"
                    + " --map-role analysts=Analyst"
        })
final class ProvidersAddCommand extends ServerCommand {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "What the sign-in is called: a to z, 0 to 9 and -; unique on the server.")
    private String name = "";

    @Option(
            names = "--issuer",
            required = true,
            paramLabel = "URL",
            description = "The issuer, exactly as its tokens name it.")
    private String issuer = "";

    @Option(
            names = "--client-id",
            required = true,
            paramLabel = "ID",
            description = "What the issuer calls this server.")
    private String clientId = "";

    @Option(
            names = "--client-secret-stdin",
            description = "Read the client secret from the first line of standard input; a public client has none.")
    private boolean withSecret;

    @Option(
            names = "--audience",
            paramLabel = "TEXT",
            description = "What a bearer token must be for; the client id unless told otherwise.")
    private @Nullable String audience;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "Asked for at sign-in. Repeatable; openid, profile and email when none is given.")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = "--roles-claim",
            paramLabel = "CLAIM",
            description =
                    "Where a token has groups or roles, with dots between nested names; else roles are given here.")
    private @Nullable String rolesClaim;

    @Option(
            names = "--map-role",
            paramLabel = "WORD=ROLE",
            description = "Which role a word of that claim is. Repeatable.")
    private Map<String, String> mapping = new LinkedHashMap<>();

    @Option(
            names = "--default-role",
            paramLabel = "ROLE",
            completionCandidates = Candidates.Roles.class,
            description = "For users whose token maps to none. Repeatable; Viewer when none is given.")
    private List<String> defaultRoles = new ArrayList<>();

    @Option(names = "--no-default-role", description = "Refuse users whose token maps to no role.")
    private boolean withoutDefault;

    @Option(
            names = "--just-in-time",
            description =
                    "Make users at their first sign-in; else only those come in who have the token's mail address here.")
    private boolean justInTime;

    @Option(names = "--shown", description = "Offer it to everybody on the console's sign-in page.")
    private boolean shown;

    @Option(
            names = "--replace",
            description = "Change one that is there, as a whole; its secret stays while issuer and client do.")
    private boolean replace;

    ProvidersAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        if (withoutDefault && !defaultRoles.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "Choose one of --default-role and --no-default-role.");
        }
        if (!replace
                && client.fetchAll(ProvidersCommand.PATH, "providers").stream()
                        .anyMatch(known -> name.equals(known.text("name")))) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "Identity provider " + name + " exists already; give --replace to change it as a whole.");
        }
        JsonObject made = client.put(ProvidersCommand.path(name), wish());
        say(made, "The users of " + issuer + " are let in, as identity provider " + name + ".");
    }

    private JsonObject wish() throws CommandException {
        return JsonObject.given(
                "issuer",
                issuer,
                "client_id",
                clientId,
                "client_secret",
                withSecret ? HiddenInput.firstLine(terminal(), "Client secret") : null,
                "audience",
                audience,
                "scopes",
                scopes.isEmpty() ? null : scopes,
                "roles_claim",
                rolesClaim,
                "role_mapping",
                mapping.isEmpty() ? null : new JsonObject(new LinkedHashMap<>(mapping)),
                "default_roles",
                withoutDefault || !defaultRoles.isEmpty() ? defaultRoles : null,
                "just_in_time",
                justInTime,
                "shown",
                shown);
    }
}
