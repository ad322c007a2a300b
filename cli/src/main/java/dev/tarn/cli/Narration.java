package dev.tarn.cli;

import java.util.Locale;

/** What happens, on standard error, each line with the seconds since the command began. */
final class Narration {
    private final Terminal terminal;
    private final long startedMs;

    Narration(Terminal terminal) {
        this.terminal = terminal;
        startedMs = terminal.clock().millis();
    }

    void say(String what) {
        double seconds = (terminal.clock().millis() - startedMs) / 1_000.0;
        terminal.err().printf(Locale.ROOT, "[%5.1f s] %s%n", seconds, what);
    }
}
