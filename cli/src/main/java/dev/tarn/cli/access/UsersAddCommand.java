package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.ExitCode;
import dev.tarn.cli.ServerCommand;
import dev.tarn.cli.Terminal;
import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.TarnClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Make a user. Names and mail addresses are unique on the server.",
        footer = {
            "",
            "Examples:",
            "  tarn users add ann --role Analyst --password-stdin < password.txt",
            "  tarn users add eve --role Viewer --role Auditor --email eve@example.org --no-password"
        })
final class UsersAddCommand extends ServerCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "What the user signs in with.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            completionCandidates = Candidates.Roles.class,
            description = "A role of the user's. Repeatable; Viewer when none is given, which reads what was granted.")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--email", paramLabel = "ADDRESS", description = "The user's mail address.")
    private @Nullable String email;

    @Option(names = "--first-name", paramLabel = "TEXT", description = "The user's first name.")
    private @Nullable String firstName;

    @Option(names = "--last-name", paramLabel = "TEXT", description = "The user's last name.")
    private @Nullable String lastName;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "Another tenant than your own, by name or id; for the operator.")
    private @Nullable String tenant;

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    @Option(
            names = "--no-password",
            description = "The user signs in through an identity provider, or is given a password later.")
    private boolean withoutPassword;

    UsersAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected void run(TarnClient client) throws Exception {
        if (withoutPassword && password.given()) {
            throw new CommandException(ExitCode.USAGE, "Choose one of --password-stdin and --no-password.");
        }
        JsonObject wish = JsonObject.given(
                "name", name,
                "roles", roles,
                "email", email,
                "first_name", firstName,
                "last_name", lastName,
                "tenant", tenant == null ? null : TenantsCommand.id(client, tenant),
                "password",
                        withoutPassword ? null : password.read(terminal(), "give --password-stdin or --no-password"));
        JsonObject made = client.post(UsersCommand.PATH, wish);
        say(
                made,
                "User " + made.text("name", name) + " is made, with " + Shown.roles(made.texts("roles"))
                        + (withoutPassword ? " and without a password." : "."));
    }
}
