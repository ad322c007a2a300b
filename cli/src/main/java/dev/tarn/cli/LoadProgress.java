package dev.tarn.cli;

import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.DisplayWidth;
import java.util.OptionalLong;

/** One line on standard error that says how far an upload is; silent when that is no terminal. */
final class UploadProgress {
    private static final long REFRESH_MS = 200;

    private final Terminal terminal;
    private final String name;
    private OptionalLong total = OptionalLong.empty();
    private long sent;
    private long startedMs;
    private long shownMs;
    private int shownWidth;

    UploadProgress(Terminal terminal, String name) {
        this.terminal = terminal;
        this.name = name;
    }

    synchronized void restart(OptionalLong length) {
        total = length;
        sent = 0;
        startedMs = terminal.clock().millis();
        shownMs = startedMs;
    }

    synchronized void sent(long bytes) {
        sent += bytes;
        long nowMs = terminal.clock().millis();
        if (nowMs - shownMs >= REFRESH_MS) {
            shownMs = nowMs;
            String percent = total.isPresent() && total.getAsLong() > 0
                    ? " of " + Amount.bytes(total.getAsLong()) + " (" + sent * 100 / total.getAsLong() + " %)"
                    : "";
            show(name + ": " + Amount.bytes(sent) + percent + ", "
                    + Amount.bytes(sent * 1_000 / Math.max(1, nowMs - startedMs)) + "/s");
        }
    }

    synchronized void complete() {
        show(name + ": " + Amount.bytes(sent) + " sent, the server is writing the table");
    }

    /** Removes the line, so that the result stands alone. */
    synchronized void clear() {
        show("");
    }

    private void show(String text) {
        if (terminal.errorIsTerminal()) {
            int width = DisplayWidth.of(text);
            terminal.err()
                    .print("\r" + text + " ".repeat(Math.max(0, shownWidth - width)) + (text.isEmpty() ? "\r" : ""));
            terminal.err().flush();
            shownWidth = width;
        }
    }
}
