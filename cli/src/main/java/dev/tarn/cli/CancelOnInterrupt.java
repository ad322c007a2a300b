package dev.tarn.cli;

import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;

/** While it is open, Ctrl-C cancels the statement on the server, which would otherwise work on for nobody. */
final class CancelOnInterrupt implements AutoCloseable {
    private final Thread hook;

    CancelOnInterrupt(TarnClient client, String statementId) {
        hook = new Thread(() -> {
            try {
                client.delete("/tarn/v1/statements/" + statementId);
            } catch (RequestException tooLate) {
                // It has ended already, or the server is gone: either way nothing is left to cancel.
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The hook is running.
        }
    }
}
