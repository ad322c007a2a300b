package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import dev.tarn.cli.client.MultipartFiles;
import dev.tarn.cli.client.RequestException;
import dev.tarn.cli.client.TarnClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Sends files into one table, all of them as one load. It carries an idempotency key: when the connection breaks nobody knows
 * whether the table was written, so it is sent once more under the same key, which the server answers without loading it
 * twice. Ctrl-C cancels it by its id.
 */
final class Loading {
    private static final String LOADS = "/tarn/v1/loads";
    private static final String UPLOADS = "/tarn/v1/uploads";

    private final Terminal terminal;
    private final TarnClient client;

    Loading(Terminal terminal, TarnClient client) {
        this.terminal = terminal;
        this.client = client;
    }

    @SuppressWarnings("try") // a resource that is only held
    JsonObject send(List<LoadSource> sources, LoadWish wish) throws RequestException {
        String id = UUID.randomUUID().toString();
        LoadProgress progress = new LoadProgress(terminal, name(sources));
        try (CancelOnInterrupt running = CancelOnInterrupt.load(client, id);
                AutoCloseable watching = progress.watching(client, id)) {
            if (!wish.columns().isEmpty()) {
                JsonObject upload = send(sources, UPLOADS, progress);
                return client.post(
                        LOADS,
                        wish.json(id, upload.text("id", "")),
                        UUID.randomUUID().toString());
            }
            return send(sources, LOADS + "?" + wish.query(id), progress);
        } catch (RequestException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            progress.clear();
        }
    }

    /** Uploads the files without loading them: what a preview looks at. */
    JsonObject upload(List<LoadSource> sources) throws RequestException {
        LoadProgress progress = new LoadProgress(terminal, name(sources));
        try {
            return send(sources, UPLOADS, progress);
        } finally {
            progress.clear();
        }
    }

    private static String name(List<LoadSource> sources) {
        return sources.size() == 1 ? sources.getFirst().name() : sources.size() + " files";
    }

    private JsonObject send(List<LoadSource> sources, String path, LoadProgress progress) throws RequestException {
        String idempotencyKey = UUID.randomUUID().toString();
        try {
            return sendOnce(sources, path, idempotencyKey, progress);
        } catch (RequestException.Broken broken) {
            if (!sources.stream().allMatch(LoadSource::repeatable)) {
                throw broken;
            }
            progress.clear();
            terminal.err().println("tarn: " + broken.getMessage() + " Trying once more.");
            return sendOnce(sources, path, idempotencyKey, progress);
        }
    }

    private JsonObject sendOnce(List<LoadSource> sources, String path, String idempotencyKey, LoadProgress progress)
            throws RequestException {
        progress.restart(total(sources));
        if (sources.size() == 1) {
            LoadSource source = sources.getFirst();
            String query = (path.contains("?") ? "&" : "?") + "filename=" + TarnClient.encode(source.name());
            return client.upload(path + query, source.contentType(), idempotencyKey, source.body(progress));
        }
        MultipartFiles form = new MultipartFiles(idempotencyKey);
        for (LoadSource source : sources) {
            form.add(source.name(), source.contentType(), source.body(progress));
        }
        BodyPublisher body = form.body();
        return client.upload(path, form.contentType(), idempotencyKey, body);
    }

    private static OptionalLong total(List<LoadSource> sources) {
        return sources.stream().allMatch(source -> source.length().isPresent())
                ? OptionalLong.of(sources.stream()
                        .mapToLong(source -> source.length().getAsLong())
                        .sum())
                : OptionalLong.empty();
    }
}
