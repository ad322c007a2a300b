package dev.tarn.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written to it goes to the terminal, unless it has more lines than that: then through the program of PAGER, or less.
 * The lines that fit are held back until it is known.
 */
final class Pager implements AutoCloseable {
    private final Terminal terminal;
    private final int height;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(new Held(), false, StandardCharsets.UTF_8);
    private @Nullable Process process;
    private @Nullable OutputStream target;
    private int lines;

    private Pager(Terminal terminal, int height) {
        this.terminal = terminal;
        this.height = height;
    }

    /** A height of 0 stands for no pager. */
    static Pager open(Terminal terminal, int height) {
        Pager pager = new Pager(terminal, height);
        if (height <= 0) {
            pager.target = terminal.out();
        }
        return pager;
    }

    PrintStream out() {
        return out;
    }

    private OutputStream overflow() throws IOException {
        String program = terminal.variable("PAGER");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", program == null ? "less" : program)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Long lines are cut and scrolled to, colours pass, and the screen keeps what was shown.
        Map<String, String> environment = builder.environment();
        environment.putIfAbsent("LESS", "-SRX");
        terminal.out().flush();
        if (program == null && !lessIsThere()) {
            return terminal.out();
        }
        Process started = builder.start();
        process = started;
        return started.getOutputStream();
    }

    private static boolean lessIsThere() {
        try {
            return new ProcessBuilder("sh", "-c", "command -v less")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        out.flush();
        if (target == null) {
            held.writeTo(terminal.out());
        }
        Process started = process;
        if (started != null) {
            try {
                if (target != null) {
                    target.close();
                }
            } catch (IOException left) {
                // Its user has seen enough.
            }
            try {
                started.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Held extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (target == null) {
                for (int i = offset; i < offset + length; i++) {
                    lines += bytes[i] == '\n' ? 1 : 0;
                }
                held.write(bytes, offset, length);
                if (lines >= height) {
                    OutputStream opened = overflow();
                    target = opened;
                    held.writeTo(opened);
                }
                return;
            }
            try {
                target.write(bytes, offset, length);
            } catch (IOException left) {
                // The pager was left before its end; the rest of the rows is read and dropped.
            }
        }

        @Override
        public void flush() throws IOException {
            if (target != null && process == null) {
                target.flush();
            }
        }
    }
}
