package dev.tarn.cli;

import dev.tarn.cli.access.AccessCommands;
import dev.tarn.cli.client.RequestException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code tarn}. */
@Command(
        name = "tarn",
        version = "tarn " + Tarn.VERSION,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "A lakehouse in one server: load files, query them with SQL.",
        footer = {
            "",
            "Examples:",
            "  tarn quickstart",
            "  tarn load orders.csv --table iceberg.shop.orders",
            "  tarn sql \"select count(*) from iceberg.shop.orders\"",
            "  tarn COMMAND --help"
        })
public final class Tarn implements Runnable {
    static final String VERSION = "0.1.0";

    @Spec
    private @Nullable CommandSpec specification;

    private Tarn() {}

    /** Ends the process with a number of {@link ExitCode}. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.system();
        int exitCode = run(terminal, arguments);
        terminal.out().flush();
        System.exit(exitCode);
    }

    static int run(Terminal terminal, String... arguments) {
        CommandLine tarn = commandLine(terminal);
        return tarn.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(terminal.colourful() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((failure, line) -> {
                    terminal.err()
                            .println("tarn: " + failure.getMessage() + ". See `"
                                    + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help`.");
                    return ExitCode.USAGE.number;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(terminal, failure, parsed))
                .execute(arguments);
    }

    /** The whole command line, as its help, its reference and its completion know it. */
    static CommandLine commandLine(Terminal terminal) {
        CommandLine tarn = new CommandLine(new Tarn())
                .addSubcommand(new QuickstartCommand(terminal))
                .addSubcommand(new ServeCommand())
                .addSubcommand(new LoadCommand(terminal))
                .addSubcommand(new RegisterCommand(terminal))
                .addSubcommand(new SqlCommand(terminal))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new TablesCommand(terminal))
                .addSubcommand(new DescribeCommand(terminal))
                .addSubcommand(new HistoryCommand(terminal))
                .addSubcommand(new CommandLine(new LoadsCommand(terminal))
                        .addSubcommand(new LoadsCommand.Show(terminal))
                        .addSubcommand(new LoadsCommand.Cancel(terminal))
                        .addSubcommand(new LoadsCommand.Rejects(terminal)));
        AccessCommands.of(terminal).forEach(tarn::addSubcommand);
        tarn.addSubcommand(new CommandLine(new AuditCommand())
                        .addSubcommand(new AuditListCommand(terminal))
                        .addSubcommand(new AuditVerifyCommand(terminal)))
                .addSubcommand(new BackupCommand(terminal))
                .addSubcommand(new RestoreCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .addSubcommand(new CompletionCommand(terminal));
        describeExitCodes(tarn);
        return tarn;
    }

    private static void describeExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings());
        command.getSubcommands().values().forEach(Tarn::describeExitCodes);
    }

    private static int fail(Terminal terminal, Exception failure, ParseResult parsed) {
        ExitCode exitCode = switch (failure) {
            case CommandException command -> command.exitCode;
            case RequestException request -> ExitCode.of(request);
            default -> ExitCode.UNEXPECTED;
        };
        terminal.out().flush();
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        boolean json = innermost.hasMatchedOption("--json");
        String prefix = terminal.colourfulErrors() ? Help.Ansi.ON.string("@|red tarn:|@ ") : "tarn: ";
        terminal.err().println(json ? FailureText.json(failure, exitCode) : prefix + FailureText.sentence(failure));
        return exitCode.number;
    }

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(specification).commandLine(), "Missing command");
    }
}
