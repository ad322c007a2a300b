package dev.tarn.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A client of one server with one key. Where the connection breaks it throws {@link UncheckedIOException}. */
final class Api {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI server;
    private final String key;

    Api(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    Api withKey(String other) {
        return new Api(server, other);
    }

    String key() {
        return key;
    }

    URI server() {
        return server;
    }

    /** Whether /readyz says so; false while nobody listens. */
    boolean ready() {
        try {
            return get("/readyz").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer post(String path, Map<String, ?> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    /** Posts what a browser's form or {@code curl --data-urlencode} sends, without a key. */
    Answer form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(server + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    Answer put(String path, Map<String, ?> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(Json.write(body))));
    }

    /** POST that is carried out once. */
    Answer postOnce(String path, String idempotencyKey, Map<String, ?> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    /** Runs a statement by the contract's call. */
    Answer sql(String statement) {
        return post("/v1/sql/execute", Map.of("statement", statement));
    }

    Answer sql(String statement, Duration timeout) {
        return post("/v1/sql/execute", Map.of("statement", statement, "timeout_ms", timeout.toMillis()));
    }

    /** Runs a statement by our own call, which can be cancelled by its id. */
    Answer statement(UUID id, String statement) {
        return post("/tarn/v1/statements", Map.of("id", id.toString(), "statement", statement));
    }

    /** The rows of a table. */
    long count(String table) {
        return count(table, "true");
    }

    long count(String table, String condition) {
        Answer answer = sql("SELECT count(*) FROM " + table + " WHERE " + condition);
        if (answer.status() != 200) {
            throw new AssertionError("count(*) of " + table + ": " + answer);
        }
        return answer.value().asLong();
    }

    boolean exists(String table) {
        Answer answer = get("/tarn/v1/tables/" + table);
        if (answer.status() != 200 && answer.status() != 404) {
            throw new AssertionError("GET of table " + table + ": " + answer);
        }
        return answer.status() == 200;
    }

    /** Sends a file to any call that takes one. */
    Answer send(String path, String file) {
        return send(request(path).header("Content-Type", "text/csv").POST(BodyPublishers.ofString(file)));
    }

    Answer load(Load load) {
        BodyPublisher stream = BodyPublishers.ofInputStream(load.body());
        BodyPublisher body = load.length().orElse(0) == 0
                ? stream
                : BodyPublishers.fromPublisher(stream, load.length().getAsLong());
        HttpRequest.Builder request =
                request(load.path()).header("Content-Type", "text/csv").POST(body);
        load.idempotencyKey().ifPresent(once -> request.header("Idempotency-Key", once));
        return send(request);
    }

    /** Loads what must succeed; returns the answer's body. */
    JsonNode loaded(Load load) {
        Answer answer = load(load);
        if (answer.status() != 200) {
            throw new AssertionError("The load " + load.query() + ": " + answer);
        }
        return answer.json();
    }

    /** Makes all calls at once and waits for all answers, in the calls' order. */
    static List<Answer> atOnce(List<Callable<Answer>> calls) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
