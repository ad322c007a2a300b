package dev.tarn.api.iceberg;

import dev.tarn.RunningServer;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server of ours for Iceberg's compatibility kit, which reads where it is from the system's properties. The kit asks for tables
 * in /tmp, so that is a folder that the operator has granted.
 */
final class KitServer implements BeforeAllCallback {
    static {
        // Before any extension of the kit's asks: it would start a server of its own.
        System.setProperty("rck.local", "false");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        RunningServer server = Shared.SERVER;
        System.setProperty("uri", server.address() + "/iceberg");
        System.setProperty("token", server.key());
        System.setProperty("warehouse", "iceberg");
        System.setProperty("rest.client.max-retries", "1");
        System.setProperty("rck.requires-namespace-create", "true");
        System.setProperty("rck.supports-nested-namespaces", "true");
    }

    private static final class Shared {
        static final RunningServer SERVER = RunningServer.start("tarn.storage.roots=/tmp");
    }
}
