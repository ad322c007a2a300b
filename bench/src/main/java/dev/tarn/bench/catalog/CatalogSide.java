package dev.tarn.bench.catalog;

import dev.tarn.bench.harness.BenchmarkException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the servers, as any client speaks to it.
 *
 * @param base of namespaces, with the prefix
 * @param key the bearer token; empty where nobody asks for one
 */
record CatalogSide(String name, URI base, String key, long pid, HttpClient http) {
    private static final int COLUMNS = 20;

    static CatalogSide of(String name, String base, String key, long pid) {
        return new CatalogSide(
                name,
                URI.create(base),
                key,
                pid,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    HttpResponse<byte[]> send(HttpRequest request, int status)
            throws BenchmarkException, IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != status) {
            String body = new String(response.body(), StandardCharsets.UTF_8);
            throw new BenchmarkException("%s: %s %s answered %d: %s"
                    .formatted(
                            name,
                            request.method(),
                            request.uri(),
                            response.statusCode(),
                            body.substring(0, Math.min(1_000, body.length()))));
        }
        return response;
    }

    HttpResponse<byte[]> get(String path) throws BenchmarkException, IOException, InterruptedException {
        return send(request(path).GET().build(), 200);
    }

    HttpRequest posting(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    void makeNamespace(String namespace) throws BenchmarkException, IOException, InterruptedException {
        send(posting("/namespaces", "{\"namespace\": [\"" + namespace + "\"]}"), 200);
    }

    /** A new table of twenty columns. */
    MadeTable makeTable(String namespace, String table) throws BenchmarkException, IOException, InterruptedException {
        String columns = IntStream.rangeClosed(1, COLUMNS)
                .mapToObj(id -> "{\"id\": %d, \"name\": \"column_%d\", \"required\": false, \"type\": \"long\"}"
                        .formatted(id, id))
                .collect(Collectors.joining(", "));
        String path = "/namespaces/" + namespace + "/tables";
        byte[] made = send(
                        posting(
                                path,
                                "{\"name\": \"%s\", \"schema\": {\"type\": \"struct\", \"schema-id\": 0, \"fields\": [%s]}}"
                                        .formatted(table, columns)),
                        200)
                .body();
        String location =
                JsonMapper.shared().readTree(made).at("/metadata/location").asString();
        return new MadeTable(path + "/" + table, location);
    }

    /** A table, and where its files are. */
    record MadeTable(String path, String location) {
        /** The body of a commit that adds snapshots, whose files nobody looks at. */
        String snapshots(long from, long to) {
            String added = LongStream.range(from, to).mapToObj(this::snapshot).collect(Collectors.joining(", "));
            return "{\"requirements\": [%s], \"updates\": [%s, {\"action\": \"set-snapshot-ref\", \"ref-name\": \"main\", \"type\": \"branch\", \"snapshot-id\": %d}]}"
                    .formatted(
                            from == 1
                                    ? ""
                                    : "{\"type\": \"assert-ref-snapshot-id\", \"ref\": \"main\", \"snapshot-id\": %d}"
                                            .formatted(from - 1),
                            added,
                            to - 1);
        }

        private String snapshot(long id) {
            return """
                    {"action": "add-snapshot", "snapshot": {"snapshot-id": %d, %s "sequence-number": %d, "timestamp-ms": %d,
                     "manifest-list": "%s/metadata/snap-%d-1-7d2a9b5e-0000-4000-8000-000000000000.avro", "schema-id": 0,
                     "summary": {"operation": "append", "added-data-files": "1", "added-records": "1000",
                     "added-files-size": "65536", "changed-partition-count": "1", "total-records": "1000000",
                     "total-files-size": "65536000", "total-data-files": "1000", "total-delete-files": "0",
                     "total-position-deletes": "0", "total-equality-deletes": "0"}}}""".formatted(
                            id,
                            id == 1 ? "" : "\"parent-snapshot-id\": " + (id - 1) + ",",
                            id,
                            System.currentTimeMillis(),
                            location,
                            id);
        }
    }
}
