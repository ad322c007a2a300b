package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import dev.tarn.cli.output.Amount;
import dev.tarn.cli.output.DisplayWidth;
import java.util.OptionalLong;

/**
 * One line on standard error that says how far a load is, with a bar where the size is known; silent when that is no
 * terminal. Bytes sent are ours; rows and what the server has read of them it is asked for now and then, while it works.
 */
final class LoadProgress {
    private static final long REFRESH_MS = 200;
    private static final long ASK_EVERY_MS = 500;
    private static final int BAR = 20;

    private final Terminal terminal;
    private final String name;
    private OptionalLong total = OptionalLong.empty();
    private long sent;
    private long rows;
    private double fraction;
    private long startedMs;
    private long shownMs;
    private int shownWidth;

    LoadProgress(Terminal terminal, String name) {
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
        refresh();
    }

    private void refresh() {
        long nowMs = terminal.clock().millis();
        if (nowMs - shownMs >= REFRESH_MS) {
            shownMs = nowMs;
            show(line(nowMs));
        }
    }

    private String line(long nowMs) {
        StringBuilder line = new StringBuilder(name).append(": ");
        boolean allSent = total.isPresent() && sent >= total.getAsLong();
        double part = fraction > 0 && allSent
                ? fraction
                : total.isPresent() && total.getAsLong() > 0 ? (double) sent / total.getAsLong() : -1;
        if (part >= 0) {
            int full = (int) Math.round(BAR * Math.min(1, part));
            line.append('[').repeat("#", full).repeat(".", BAR - full).append("] ");
        }
        line.append(Amount.bytes(sent));
        if (total.isPresent() && !allSent) {
            line.append(" of ").append(Amount.bytes(total.getAsLong()));
        }
        line.append(", ")
                .append(Amount.bytes(sent * 1_000 / Math.max(1, nowMs - startedMs)))
                .append("/s");
        if (rows > 0) {
            line.append(", ").append(Amount.rows(rows));
        }
        return allSent ? line.append(", the server is writing the table").toString() : line.toString();
    }

    /** Asks the server for as long as it is open. A server that does not tell is no trouble. */
    AutoCloseable watching(TarnClient client, String loadId) {
        if (!terminal.errorIsTerminal()) {
            return () -> {};
        }
        Thread watcher = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Thread.sleep(ASK_EVERY_MS);
                    ask(client, loadId);
                }
            } catch (InterruptedException done) {
                // The load has ended.
            }
        });
        return () -> {
            watcher.interrupt();
            watcher.join();
        };
    }

    private void ask(TarnClient client, String loadId) {
        try {
            JsonObject load = client.fetch("/tarn/v1/loads/" + loadId);
            synchronized (this) {
                rows = load.number("rows");
                fraction = load.decimal("fraction");
                refresh();
            }
        } catch (RequestException notYet) {
            // It has not begun, or somebody looks after more important things.
        }
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
