package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sends one source into one table. Each carries an idempotency key of its own: when the connection breaks nobody knows
 * whether the table was written, so it is sent once more under the same key, which the server answers without loading it
 * twice.
 */
final class Loading {
    private final Terminal terminal;
    private final TarnClient client;

    Loading(Terminal terminal, TarnClient client) {
        this.terminal = terminal;
        this.client = client;
    }

    JsonObject send(LoadSource source, String table, String mode, Map<String, String> format) throws RequestException {
        String path = "/tarn/v1/loads?table=" + TarnClient.encode(table) + "&mode=" + mode + "&filename="
                + TarnClient.encode(source.name())
                + format.entrySet().stream()
                        .map(entry -> "&" + entry.getKey() + "=" + TarnClient.encode(entry.getValue()))
                        .collect(Collectors.joining());
        UploadProgress progress = new UploadProgress(terminal, source.name());
        String idempotencyKey = UUID.randomUUID().toString();
        try {
            return client.upload(path, source.contentType(), idempotencyKey, body(source, progress));
        } catch (RequestException.Broken broken) {
            if (!source.repeatable()) {
                throw broken;
            }
            progress.clear();
            terminal.err().println("tarn: " + broken.getMessage() + " Trying once more.");
            return client.upload(path, source.contentType(), idempotencyKey, body(source, progress));
        } finally {
            progress.clear();
        }
    }

    private static BodyPublisher body(LoadSource source, UploadProgress progress) {
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> source.open(progress));
        // A length of 0 is not allowed here, and an empty file needs none.
        return source.length().isPresent() && source.length().getAsLong() > 0
                ? BodyPublishers.fromPublisher(stream, source.length().getAsLong())
                : stream;
    }
}
