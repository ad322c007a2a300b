package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import java.io.InputStream;

/** While it is open, Ctrl-C cancels the statement on the server, which would otherwise work on for nobody. */
final class CancelOnInterrupt implements AutoCloseable {
    private final TarnClient client;
    private final Thread hook;

    CancelOnInterrupt(TarnClient client, String statementId) {
        this.client = client;
        hook = new Thread(() -> {
            try {
                client.delete("/tarn/v1/statements/" + statementId);
            } catch (RequestException tooLate) {
                // It has ended already, or the server is gone: either way nothing is left to cancel.
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Sends the statement, and returns its answer as it arrives. */
    InputStream open(JsonObject request) throws RequestException {
        return client.open("/tarn/v1/statements", request);
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
