package dev.tarn.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a passphrase comes from: a question at the terminal, standard input, or a file; never the command line itself. */
final class Passphrase {
    @Option(names = "--passphrase-stdin", description = "Read the passphrase from the first line of standard input.")
    private boolean standardInput;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Read it from the first line of this file.")
    private @Nullable Path file;

    /** The passphrase; a new one is asked for twice. */
    String read(Terminal terminal, boolean asNew) throws CommandException {
        if (standardInput && file != null) {
            throw new CommandException(ExitCode.USAGE, "Choose one of --passphrase-stdin and --passphrase-file.");
        }
        try {
            if (file != null) {
                return firstLine(Files.readString(file));
            }
            if (standardInput) {
                return firstLine(new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.WRONG_INPUT, (file == null ? "Standard input" : file) + " cannot be read as UTF-8 text.");
        }
        return asked(terminal, asNew);
    }

    private static String asked(Terminal terminal, boolean asNew) throws CommandException {
        Console console = terminal.inputIsTerminal() ? System.console() : null;
        if (console == null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "There is no terminal to ask for the passphrase; give --passphrase-stdin or --passphrase-file.");
        }
        char[] first = console.readPassword("Passphrase: ");
        char[] second = asNew ? console.readPassword("The same again: ") : first;
        if (first == null || second == null) {
            throw new CommandException(ExitCode.USAGE, "No passphrase was given.");
        }
        String passphrase = new String(first);
        if (!passphrase.equals(new String(second))) {
            throw new CommandException(ExitCode.USAGE, "The two passphrases differ.");
        }
        return passphrase;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
