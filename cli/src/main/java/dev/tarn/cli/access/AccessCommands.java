package dev.tarn.cli.access;

import dev.tarn.cli.Terminal;
import java.util.List;
import picocli.CommandLine;

/** The commands of this package, as the command line takes them. */
public final class AccessCommands {
    private AccessCommands() {}

    public static List<CommandLine> of(Terminal terminal) {
        return List.of(
                new CommandLine(new UsersCommand())
                        .addSubcommand(new UsersAddCommand(terminal))
                        .addSubcommand(new UsersCommand.ListAll(terminal))
                        .addSubcommand(new UsersRoleCommand(terminal))
                        .addSubcommand(new UsersCommand.Password(terminal))
                        .addSubcommand(new UsersCommand.Disable(terminal))
                        .addSubcommand(new UsersCommand.Enable(terminal)),
                new CommandLine(new RolesCommand())
                        .addSubcommand(RolesCommand.list(terminal))
                        .addSubcommand(new RolesCommand.Add(terminal))
                        .addSubcommand(new RolesCommand.Remove(terminal)),
                new CommandLine(new GrantsCommand())
                        .addSubcommand(new GrantsAddCommand(terminal))
                        .addSubcommand(new GrantsCommand.ListAll(terminal))
                        .addSubcommand(new GrantsCommand.Remove(terminal))
                        .addSubcommand(new GrantsWhyCommand(terminal)),
                new CommandLine(new KeysCommand())
                        .addSubcommand(new KeysCreateCommand(terminal))
                        .addSubcommand(KeysCommand.list(terminal))
                        .addSubcommand(new KeysRevokeCommand(terminal))
                        .addSubcommand(new KeysRotateSigningCommand(terminal)),
                new CommandLine(new TenantsCommand())
                        .addSubcommand(new TenantsAddCommand(terminal))
                        .addSubcommand(TenantsCommand.list(terminal)),
                new CommandLine(new WorkspacesCommand())
                        .addSubcommand(new WorkspacesCommand.Add(terminal))
                        .addSubcommand(WorkspacesCommand.list(terminal)),
                new CommandLine(new SecretsCommand())
                        .addSubcommand(new SecretsCommand.Set(terminal))
                        .addSubcommand(SecretsCommand.list(terminal))
                        .addSubcommand(new SecretsCommand.Remove(terminal))
                        .addSubcommand(new SecretsCommand.RotateKey(terminal)),
                new CommandLine(new ProvidersCommand())
                        .addSubcommand(ProvidersCommand.list(terminal))
                        .addSubcommand(new ProvidersAddCommand(terminal))
                        .addSubcommand(new ProvidersCommand.Remove(terminal)),
                new CommandLine(new UsageCommand(terminal)),
                new CommandLine(new QuotasCommand())
                        .addSubcommand(new QuotasCommand.Show(terminal))
                        .addSubcommand(new QuotasCommand.Set(terminal)),
                new CommandLine(new NamesCommand(terminal)));
    }
}
