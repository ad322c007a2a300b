package dev.tarn.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tarn.cli.client.Json;
import dev.tarn.cli.client.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A small server that speaks what the command line needs of Tarn's API, and remembers what it was asked. */
public final class FakeServer implements AutoCloseable {
    static final String KEY = "dlx_sk_v1_fake";

    record Request(String method, String path, Map<String, String> query, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    record Answer(int status, String body) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final Map<String, Long> tables = new LinkedHashMap<>();
    /** Answers by method and path, before anything else is looked at. */
    final Map<String, Answer> scripted = new HashMap<>();
    /** So many loads are carried out whose answer then never arrives. */
    int loadsToBreak;

    int pageSize = 1_000;
    private final Map<String, String> loadsByKey = new HashMap<>();
    private final List<JsonObject> keys = new ArrayList<>();
    private final HttpServer server;

    public FakeServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public String credentials() {
        return Json.write(JsonObject.of(
                "url", url().toString(), "tenant_id", "t1", "username", "admin", "password", "secret", "key", KEY));
    }

    void answer(String method, String path, int status, String body) {
        scripted.put(method + " " + path, new Answer(status, body));
    }

    void refuse(String method, String path, int status, String code, String detail) {
        answer(method, path, status, Json.write(problem(status, code, detail)));
    }

    static JsonObject problem(int status, String code, String detail) {
        return JsonObject.of(
                "type", "urn:tarn:error:" + code, "title", code, "status", status, "detail", detail, "code", code);
    }

    List<Request> requests(String method, String path) {
        return requests.stream()
                .filter(request -> request.method.equals(method) && request.path.equals(path))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        boolean load = path.equals("/tarn/v1/loads")
                && method.equals("POST")
                && !headers.getOrDefault("Content-type", "").equals("application/json");
        boolean streamed = load && !headers.getOrDefault("Content-type", "").contains("/form-data");
        long lines = streamed ? countLines(exchange.getRequestBody()) : 0;
        String body = streamed ? "" : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (load && !streamed) {
            lines = linesOfParts(body);
        }
        requests.add(new Request(method, path, query, headers, body));
        Answer answer = answer(method, path, query, headers, body, lines);
        if (load && answer.status == 200 && loadsToBreak > 0) {
            loadsToBreak--;
            exchange.close();
            return;
        }
        byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Answer answer(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body, long lines)
            throws IOException {
        if (path.equals("/readyz")) {
            return new Answer(200, "{\"status\":\"ok\"}");
        }
        if (!("Bearer " + KEY).equals(headers.get("Authorization"))) {
            return refusal(401, "unauthenticated", "The key is unknown. Sign in again or give another key.");
        }
        Answer prepared = scripted.get(method + " " + path);
        if (prepared != null) {
            return prepared;
        }
        return switch (method + " " + path) {
            case "GET /tarn/v1/session" -> ok(JsonObject.of("tenant", JsonObject.of("id", "t1")));
            case "GET /tarn/v1/tables" -> tables(query);
            case "POST /tarn/v1/loads" -> load(query, Objects.requireNonNull(headers.get("Idempotency-key")), lines);
            case "POST /tarn/v1/uploads" -> new Answer(201, "{\"id\":\"u1\",\"files\":[],\"bytes\":7}");
            case "POST /tarn/v1/statements" -> new Answer(200, """
                    {"id":"1","status":"completed","columns":[{"name":"n","type":"BIGINT"}],"rows":[[1]],\
                    "row_count":1,"elapsed_ms":3,"bytes_scanned":0}""");
            case "POST /v1/sql/execute" -> new Answer(200, """
                    {"query_id":"qry_1","status":"completed","rows":[{"n":42}],"columns":[{"name":"n","type":"BIGINT"}],\
                    "elapsed_ms":7,"bytes_scanned":1234}""");
            case "GET /tarn/v1/keys" -> ok(JsonObject.of("keys", List.copyOf(keys), "next_cursor", null));
            case "POST /tarn/v1/keys" -> createKey(body);
            default ->
                method.equals("DELETE")
                        ? new Answer(204, "")
                        : refusal(404, "not_found", "There is nothing at " + path + ".");
        };
    }

    private Answer tables(Map<String, String> query) {
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        String namespace = query.get("namespace");
        List<JsonObject> all = tables.entrySet().stream()
                .map(FakeServer::table)
                .filter(table -> namespace == null || namespace.equals(table.text("namespace")))
                .toList();
        if (all.isEmpty() && namespace != null) {
            return refusal(404, "unknown_namespace", "Namespace " + namespace + " does not exist.");
        }
        int to = Math.min(all.size(), from + pageSize);
        return ok(JsonObject.of(
                "tables", all.subList(from, to), "next_cursor", to < all.size() ? Integer.toString(to) : null));
    }

    private static JsonObject table(Map.Entry<String, Long> entry) {
        String[] parts = entry.getKey().split("\\.", 3);
        return JsonObject.of(
                "name",
                entry.getKey(),
                "namespace",
                parts[1],
                "table",
                parts[2],
                "format",
                "iceberg",
                "row_count",
                entry.getValue(),
                "size_bytes",
                12_345_678,
                "file_count",
                1,
                "updated_at",
                "2026-11-27T10:00:00Z",
                "columns",
                List.of(JsonObject.of("name", "id", "type", "BIGINT", "nullable", true, "comment", null)));
    }

    private Answer load(Map<String, String> query, String idempotencyKey, long lines) {
        String repeated = loadsByKey.get(idempotencyKey);
        if (repeated != null) {
            return new Answer(200, repeated);
        }
        String table = Objects.requireNonNull(query.get("table"));
        String mode = Objects.requireNonNull(query.get("mode"));
        if (mode.equals("create") && tables.containsKey(table)) {
            return refusal(409, "already_exists", "Table " + table + " exists already; append or replace.");
        }
        long rows = lines - 1;
        tables.merge(table, rows, (before, now) -> mode.equals("append") ? before + now : now);
        String answer = Json.write(JsonObject.of(
                "id",
                "l1",
                "table",
                table,
                "mode",
                mode,
                "rows",
                rows,
                "files",
                1,
                "bytes_read",
                1_000,
                "bytes_written",
                500,
                "elapsed_ms",
                12));
        loadsByKey.put(idempotencyKey, answer);
        return new Answer(200, answer);
    }

    private Answer createKey(String body) throws IOException {
        JsonObject wish = (JsonObject) Objects.requireNonNull(
                Json.read(new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        JsonObject made = JsonObject.of(
                "id",
                "k" + keys.size(),
                "name",
                wish.text("name"),
                "prefix",
                "dlx_sk_v1_ab12",
                "user",
                JsonObject.of("id", "u1", "name", "admin"),
                "created_at",
                "2026-11-27T10:00:00Z",
                "expires_at",
                wish.text("expires_at"),
                "last_used_at",
                null,
                "revoked_at",
                null);
        keys.add(made);
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(made.members());
        shown.put("key", "dlx_sk_v1_ab12cd34");
        return new Answer(201, Json.write(new JsonObject(shown)));
    }

    private static Answer ok(JsonObject body) {
        return new Answer(200, Json.write(body));
    }

    private static Answer refusal(int status, String code, String detail) {
        return new Answer(status, Json.write(problem(status, code, detail)));
    }

    /** The rows of all files of a form, and one line more, as of a file with a header. */
    private static long linesOfParts(String form) {
        String boundary = form.substring(0, form.indexOf("\r\n"));
        long rows = 0;
        for (String part : form.split(boundary, -1)) {
            int head = part.indexOf("\r\n\r\n");
            if (head >= 0) {
                rows += part.substring(head).strip().lines().count() - 1;
            }
        }
        return rows + 1;
    }

    private static long countLines(InputStream body) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long lines = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            for (int i = 0; i < read; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
        }
        return lines;
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }
}
