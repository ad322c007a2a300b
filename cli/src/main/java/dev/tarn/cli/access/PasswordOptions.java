package dev.tarn.cli.access;

import dev.tarn.cli.CommandException;
import dev.tarn.cli.HiddenInput;
import dev.tarn.cli.Terminal;
import picocli.CommandLine.Option;

/** Where a new password comes from: a question at the terminal, or standard input. */
final class PasswordOptions {
    private static final String WHAT = "Password";

    @Option(names = "--password-stdin", description = "Read the password from the first line of standard input.")
    private boolean standardInput;

    boolean given() {
        return standardInput;
    }

    String read(Terminal terminal, String otherwise) throws CommandException {
        return standardInput
                ? HiddenInput.firstLine(terminal, WHAT)
                : HiddenInput.asked(terminal, WHAT, true, otherwise);
    }
}
