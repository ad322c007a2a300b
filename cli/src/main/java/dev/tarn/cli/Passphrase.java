package dev.tarn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a passphrase comes from: a question at the terminal, standard input, or a file; never the command line itself. */
final class Passphrase {
    private static final String WHAT = "Passphrase";

    @Option(names = "--passphrase-stdin", description = "Read the passphrase from the first line of standard input.")
    private boolean standardInput;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description = "Read it from the first line of this file.")
    private @Nullable Path file;

    /** The passphrase; a new one is asked for twice. */
    String read(Terminal terminal, boolean asNew) throws CommandException {
        if (standardInput && file != null) {
            throw new CommandException(ExitCode.USAGE, "Choose one of --passphrase-stdin and --passphrase-file.");
        }
        if (standardInput) {
            return HiddenInput.firstLine(terminal, WHAT);
        }
        return file == null
                ? HiddenInput.asked(terminal, WHAT, asNew, "give --passphrase-stdin or --passphrase-file")
                : firstLine(file);
    }

    private static String firstLine(Path file) throws CommandException {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new CommandException(ExitCode.WRONG_INPUT, file + " cannot be read as UTF-8 text.");
        }
    }
}
