package dev.tarn.cli;

import dev.tarn.cli.client.Credentials;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the running server of a home. It must know the key that is in the home: another home's server may answer on
 * the same port. The client is kept between looks, for making one costs more than asking.
 */
final class HomeServer {
    private final Path home;
    private @Nullable Credentials credentials;
    private @Nullable TarnClient client;

    HomeServer(Path home) {
        this.home = home;
    }

    /** A client of the server when it takes work, else null. */
    @Nullable
    TarnClient running() throws IOException {
        Credentials found = Credentials.read(home).orElse(null);
        if (found == null) {
            return null;
        }
        TarnClient asked = client;
        if (asked == null || !found.equals(credentials)) {
            asked = new TarnClient(found.url(), found.key());
            credentials = found;
            client = asked;
        }
        return asked.ready() && knowsTheKey(asked) ? asked : null;
    }

    private static boolean knowsTheKey(TarnClient client) {
        try {
            client.fetch("/tarn/v1/session");
            return true;
        } catch (RequestException e) {
            return false;
        }
    }
}
