package dev.tarn.cli;

import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;

/** While it is open, Ctrl-C cancels what runs on the server, which would otherwise work on for nobody. */
final class CancelOnInterrupt implements AutoCloseable {
    private final TarnClient client;
    private final String path;
    private final Thread hook = new Thread(this::cancel);

    private CancelOnInterrupt(TarnClient client, String path) {
        this.client = client;
        this.path = path;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static CancelOnInterrupt statement(TarnClient client, String id) {
        return new CancelOnInterrupt(client, "/tarn/v1/statements/" + id);
    }

    static CancelOnInterrupt load(TarnClient client, String id) {
        return new CancelOnInterrupt(client, "/tarn/v1/loads/" + id);
    }

    static CancelOnInterrupt adoption(TarnClient client, String id) {
        return new CancelOnInterrupt(client, "/tarn/v1/adoptions/" + id);
    }

    void cancel() {
        try {
            client.delete(path);
        } catch (RequestException tooLate) {
            // It has ended already, or the server is gone: either way nothing is left to cancel.
        }
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
