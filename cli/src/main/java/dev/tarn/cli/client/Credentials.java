package dev.tarn.cli.client;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the server wrote for the person at this machine: {@code credentials.json} of its home. */
public record Credentials(URI url, String tenantId, String username, String key) {
    public static final String FILE = "credentials.json";

    /** Empty when the file is not there or not yet complete. */
    public static Optional<Credentials> read(Path home) throws IOException {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (Json.read(in) instanceof JsonObject document) {
                String url = document.text("url");
                String key = document.text("key");
                if (url != null && key != null) {
                    return Optional.of(new Credentials(
                            URI.create(url), document.text("tenant_id", ""), document.text("username", "admin"), key));
                }
            }
            return Optional.empty();
        } catch (JacksonException half) {
            // The server may be writing it right now; whoever waits for it looks again.
            return Optional.empty();
        }
    }
}
