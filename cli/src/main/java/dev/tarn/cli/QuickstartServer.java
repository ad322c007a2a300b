package dev.tarn.cli;

import dev.tarn.cli.client.TarnClient;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The server of one home: the one that runs already, or else one of our own. */
final class QuickstartServer implements AutoCloseable {
    private static final long READY_WITHIN_MS = 120_000;
    private static final long LOOK_EVERY_MS = 50;
    private static final long SAY_EVERY_MS = 5_000;

    private final TarnClient client;
    private final @Nullable ServerProcess process;

    private QuickstartServer(TarnClient client, @Nullable ServerProcess process) {
        this.client = client;
        this.process = process;
    }

    static QuickstartServer open(Terminal terminal, Path home, @Nullable Integer port, Narration narration)
            throws CommandException, IOException, InterruptedException {
        HomeServer looked = new HomeServer(home);
        TarnClient running = looked.running();
        if (running != null) {
            narration.say("The server of " + home + " is running already at " + running.url()
                    + (port != null && running.url().getPort() != port ? " (not on port " + port + ")" : ""));
            return new QuickstartServer(running, null);
        }
        ServerProcess process = ServerProcess.start(terminal.root(), home, port, GrantedFolder.environment(home));
        narration.say("Starting the server (home " + home + ", log " + process.log() + ")");
        try {
            TarnClient client = waitUntilReady(terminal, looked, process, narration);
            narration.say("The server is ready at " + client.url());
            return new QuickstartServer(client, process);
        } catch (CommandException | IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static TarnClient waitUntilReady(
            Terminal terminal, HomeServer looked, ServerProcess process, Narration narration)
            throws CommandException, IOException, InterruptedException {
        long startedMs = terminal.clock().millis();
        long saidMs = startedMs;
        while (true) {
            if (!process.alive()) {
                throw new CommandException(
                        ExitCode.UNEXPECTED,
                        "The server ended with exit code " + process.waitFor() + " while starting. It said:"
                                + System.lineSeparator() + process.lastLines());
            }
            TarnClient client = looked.running();
            if (client != null) {
                return client;
            }
            long nowMs = terminal.clock().millis();
            if (nowMs - startedMs > READY_WITHIN_MS) {
                throw new CommandException(
                        ExitCode.UNREACHABLE,
                        "The server is not ready after " + READY_WITHIN_MS / 1_000 + " s. It said:"
                                + System.lineSeparator() + process.lastLines());
            }
            if (nowMs - saidMs >= SAY_EVERY_MS) {
                saidMs = nowMs;
                narration.say("Still starting");
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    TarnClient client() {
        return client;
    }

    boolean ours() {
        return process != null;
    }

    /** Until Ctrl-C, which ends this process and the server with it; a server that ends by itself is a failure. */
    void serve() throws CommandException, IOException, InterruptedException {
        if (process != null) {
            int exitCode = process.waitFor();
            if (process.stopping()) {
                return;
            }
            throw new CommandException(
                    ExitCode.UNEXPECTED,
                    "The server ended with exit code " + exitCode + ". It said:" + System.lineSeparator()
                            + process.lastLines());
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
