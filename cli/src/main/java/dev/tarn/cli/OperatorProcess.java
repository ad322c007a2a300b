package dev.tarn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A command of the server's own program, run as a process beside whatever server runs: it reads the database directly. Its
 * output and exit code are ours.
 */
final class OperatorProcess {
    private OperatorProcess() {}

    static int run(Terminal terminal, List<String> arguments, String input)
            throws CommandException, IOException, InterruptedException {
        return run(terminal, arguments, input, terminal.out());
    }

    static int run(Terminal terminal, List<String> arguments, String input, PrintStream out)
            throws CommandException, IOException, InterruptedException {
        Path root = terminal.root();
        if (!Files.isDirectory(root.resolve("server/target/app"))) {
            throw new CommandException(
                    ExitCode.NOT_FOUND,
                    "The server's program is not built in " + root + "; run `" + root.resolve("build") + " package`.");
        }
        Process process = new ProcessBuilder(ServerProcess.java(root, arguments)).start();
        Thread stopWithUs = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stopWithUs);
        try (OutputStream in = process.getOutputStream()) {
            in.write((input + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
            // It refused before it wanted to know; its sentence says why.
        }
        Thread errors = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), terminal.err()));
        copy(process.getInputStream(), out);
        errors.join();
        int exitCode = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(stopWithUs);
        } catch (IllegalStateException stopping) {
            // The hook has done it.
        }
        return exitCode;
    }

    private static void copy(InputStream from, PrintStream to) {
        try (from) {
            from.transferTo(to);
            to.flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
