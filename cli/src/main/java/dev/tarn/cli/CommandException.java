package dev.tarn.cli;

/** A command that cannot go on, with the one sentence that its user reads. */
@SuppressWarnings("serial")
public final class CommandException extends Exception {
    final ExitCode exitCode;

    public CommandException(ExitCode exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }
}
