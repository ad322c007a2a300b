package dev.tarn.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a command: its streams, its environment, Tarn's own folder and the clock. Output is always UTF-8,
 * whatever the locale says: a name must not become question marks because a container has none.
 */
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inputIsTerminal,
        boolean outputIsTerminal,
        boolean errorIsTerminal,
        Map<String, String> environment,
        Path root,
        Clock clock) {

    /** The launcher tells which of the three streams are a terminal ({@code tarn.terminal}, say "012"): Java cannot. */
    static Terminal system() {
        String terminals = System.getProperty("tarn.terminal", "");
        return new Terminal(
                System.in,
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminals.contains("0"),
                terminals.contains("1"),
                terminals.contains("2"),
                System.getenv(),
                Path.of(System.getProperty("tarn.root", ".")).toAbsolutePath().normalize(),
                Clock.systemUTC());
    }

    @Nullable
    public String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** Whether there is somebody to talk with: questions come from the terminal, answers go to it. */
    boolean interactive() {
        return inputIsTerminal && outputIsTerminal;
    }

    /** Whether standard output may have colours: see no-color.org. */
    public boolean colourful() {
        return outputIsTerminal && coloursWished();
    }

    boolean colourfulErrors() {
        return errorIsTerminal && coloursWished();
    }

    private boolean coloursWished() {
        return variable("NO_COLOR") == null && !"dumb".equals(variable("TERM"));
    }

    /** The same with another standard error. */
    Terminal complainingTo(PrintStream other) {
        return new Terminal(
                in, out, other, inputIsTerminal, outputIsTerminal, errorIsTerminal, environment, root, clock);
    }
}
