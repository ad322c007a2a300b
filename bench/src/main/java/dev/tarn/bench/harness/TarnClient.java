package dev.tarn.bench.harness;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The calls of a benchmark, as any client makes them. */
public final class TarnClient {
    private static final long STATEMENT_TIMEOUT_MS = 600_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final URI url;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TarnClient(URI url, String key) {
        this.url = url;
        this.key = key;
    }

    boolean ready() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs a statement through {@code POST /v1/sql/execute}; the answer is read to its end, and parsed by whoever wants it. */
    public byte[] execute(String schema, String statement)
            throws BenchmarkException, IOException, InterruptedException {
        String body = JSON.writeValueAsString(
                Map.of("statement", statement, "schema", schema, "timeout_ms", STATEMENT_TIMEOUT_MS));
        return answer(request("/v1/sql/execute")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** What {@code execute} answered. */
    public static RowSet rows(byte[] answer) {
        JsonNode document = JSON.readTree(answer);
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (JsonNode column : document.path("columns")) {
            names.add(column.path("name").asString());
            types.add(column.path("type").asString());
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : document.path("rows")) {
            rows.add(cells(row, names));
        }
        return new RowSet(names, types, rows);
    }

    private static List<@Nullable String> cells(JsonNode row, List<String> names) {
        List<@Nullable String> cells = new ArrayList<>();
        for (String name : names) {
            JsonNode cell = row.path(name);
            if (cell.isMissingNode()) {
                throw new IllegalArgumentException("A row has no member \"" + name + "\": " + row);
            }
            cells.add(
                    cell.isNull() ? null : cell.isNumber() ? cell.decimalValue().toString() : cell.asString());
        }
        return cells;
    }

    /** Loads a CSV file into a table that does not exist yet; answers its rows. */
    public long load(String table, Path file) throws BenchmarkException, IOException, InterruptedException {
        String path = "/tarn/v1/loads?table=" + encoded(table) + "&mode=create&filename="
                + encoded(file.getFileName().toString());
        byte[] answer = answer(request(path).header("Content-Type", "text/csv").POST(BodyPublishers.ofFile(file)));
        return JSON.readTree(answer).path("rows").asLong();
    }

    /** What one call of ours answers; 202 is an answer, too. */
    public JsonNode post(String path, String json) throws BenchmarkException, IOException, InterruptedException {
        return JSON.readTree(
                answer(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json))));
    }

    public JsonNode get(String path) throws BenchmarkException, IOException, InterruptedException {
        return JSON.readTree(answer(request(path).GET()));
    }

    /** Looks for words in everything, with the console's limit; answers how many hits were told. */
    public int search(String words) throws BenchmarkException, IOException, InterruptedException {
        byte[] answer =
                answer(request("/tarn/v1/search?limit=30&q=" + encoded(words)).GET());
        return JSON.readTree(answer).path("results").size();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + key);
    }

    private byte[] answer(HttpRequest.Builder request) throws BenchmarkException, IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200 && response.statusCode() != 202) {
            throw new BenchmarkException("%s %s answered %d: %s"
                    .formatted(
                            response.request().method(),
                            response.request().uri().getPath(),
                            response.statusCode(),
                            new String(response.body(), StandardCharsets.UTF_8)));
        }
        return response.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
