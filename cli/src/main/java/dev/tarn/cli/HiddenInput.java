package dev.tarn.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A password, a passphrase or another secret, from where no other user of the machine and no shell history sees it: standard
 * input, or a question whose answer is not shown. Never an option's value.
 */
public final class HiddenInput {
    /** As long as any secret, a chain of certificates too. */
    private static final int MAXIMUM_BYTES = 1 << 20;

    private HiddenInput() {}

    /** Standard input up to its first line's end. */
    public static String firstLine(Terminal terminal, String what) throws CommandException {
        return notEmpty(text(terminal).lines().findFirst().orElse(""), what);
    }

    /** All of standard input but the end of its last line, which an editor or {@code echo} has added. */
    public static String everything(Terminal terminal, String what) throws CommandException {
        String text = text(terminal);
        int end = text.length();
        if (text.endsWith("\n")) {
            end -= text.endsWith("\r\n") ? 2 : 1;
        }
        return notEmpty(text.substring(0, end), what);
    }

    /**
     * The answer to a question at the terminal.
     *
     * @param what is asked for, say "Password"
     * @param twice whether it is asked for once more, since nobody sees what was typed
     * @param otherwise what to do where there is no terminal
     */
    public static String asked(Terminal terminal, String what, boolean twice, String otherwise)
            throws CommandException {
        Console console = terminal.inputIsTerminal() ? System.console() : null;
        if (console == null) {
            throw new CommandException(
                    ExitCode.USAGE, "There is no terminal to ask for the " + lower(what) + "; " + otherwise + ".");
        }
        char[] first = console.readPassword("%s: ", what);
        char[] second = twice ? console.readPassword("The same again: ") : first;
        if (first == null || second == null) {
            throw new CommandException(ExitCode.USAGE, "No " + lower(what) + " was given.");
        }
        String answer = new String(first);
        if (!answer.equals(new String(second))) {
            throw new CommandException(ExitCode.USAGE, "The two " + lower(what) + "s differ.");
        }
        return answer;
    }

    private static String text(Terminal terminal) throws CommandException {
        try {
            byte[] bytes = terminal.in().readNBytes(MAXIMUM_BYTES + 1);
            if (bytes.length > MAXIMUM_BYTES) {
                throw new CommandException(
                        ExitCode.WRONG_INPUT, "Standard input is longer than a secret may be, 1 MB.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandException(ExitCode.WRONG_INPUT, "Standard input is no UTF-8 text.");
        } catch (IOException e) {
            throw new CommandException(ExitCode.WRONG_INPUT, "Standard input cannot be read.");
        }
    }

    private static String notEmpty(String secret, String what) throws CommandException {
        if (secret.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "Standard input has no " + lower(what) + ".");
        }
        return secret;
    }

    private static String lower(String what) {
        return what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1);
    }
}
