package dev.tarn.api.iceberg;

import static dev.tarn.api.iceberg.CatalogClient.assertRefused;
import static dev.tarn.api.iceberg.CatalogClient.setting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.platform.database.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the largest, oddest and unluckiest clients send. */
@Tag("slow")
class CatalogHardRequestsTest {
    private static final int LONGEST_VALUE = 100_000;
    private static final int LARGEST_BODY = 16 << 20;

    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());
    private final String namespace = admin.namespace();
    private final String tables = "/namespaces/" + namespace + "/tables";

    private static String create(String name, int columns) {
        return "{\"name\": \"%s\", \"schema\": {\"type\": \"struct\", \"schema-id\": 0, \"fields\": [%s]}}"
                .formatted(
                        name,
                        IntStream.range(0, columns)
                                .mapToObj(i ->
                                        "{\"id\": %d, \"name\": \"c%d\", \"required\": false, \"type\": \"string\"}"
                                                .formatted(i + 1, i))
                                .collect(Collectors.joining(",")));
    }

    private static String updates(String... updates) {
        return "{\"requirements\": [], \"updates\": [" + String.join(",", updates) + "]}";
    }

    /** A commit of properties in so many bytes. */
    private static String properties(int bytes) {
        String start = "{\"requirements\": [], \"updates\": [{\"action\": \"set-properties\", \"updates\": {";
        StringBuilder body = new StringBuilder(start);
        for (int key = 0; body.length() + LONGEST_VALUE + 100 < bytes; key++) {
            body.append("\"key%04d\": \"%s\", ".formatted(key, "x".repeat(LONGEST_VALUE)));
        }
        body.append("\"last\": \"")
                .append("y".repeat(bytes - body.length() - 16))
                .append("\"}}]}");
        return body.append(" ".repeat(bytes - body.length())).toString();
    }

    private Reply execute(String statement) {
        return server.post(
                "/v1/sql/execute",
                JsonMapper.shared()
                        .writeValueAsString(
                                JsonMapper.shared().createObjectNode().put("statement", statement)));
    }

    private JsonNode sql(String statement) {
        Reply reply = execute(statement);
        assertThat(reply.status()).as(statement + ": " + reply).isEqualTo(200);
        return reply.json().path("rows");
    }

    private String nothing(String table) {
        return "{\"identifier\": {\"namespace\": [\"%s\"], \"name\": \"%s\"}, \"requirements\": [], \"updates\": []}"
                .formatted(namespace, table);
    }

    @Test
    void sixteenMegabytesOfMetadata() {
        String path = admin.table(namespace, "large");
        assertThat(admin.post(path, properties(LARGEST_BODY)).status()).isEqualTo(200);
        assertRefused(admin.post(path, properties(LARGEST_BODY) + " "), 413, "BadRequestException");
        byte[] more = (properties(LARGEST_BODY) + " ").getBytes(StandardCharsets.UTF_8);
        Reply unannounced = server.sendBody(
                "POST",
                "/iceberg/v1/iceberg" + path,
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(more)),
                "Authorization",
                "Bearer " + server.key());
        assertRefused(unannounced, 413, "BadRequestException");
        Reply loaded = admin.get(path);
        assertThat(loaded.body().length()).isGreaterThan(LARGEST_BODY - 1_000);
        assertThat(admin.get(path, "If-None-Match", loaded.header("ETag")).status())
                .isEqualTo(304);
        sql("INSERT INTO iceberg." + namespace + ".large VALUES (1)");
        assertThat(sql("SELECT n FROM iceberg." + namespace + ".large").toString())
                .isEqualTo("[{\"n\":1}]");
        assertThat(admin.delete(path + "?purgeRequested=true").status()).isEqualTo(204);
    }

    @Test
    void fiveThousandColumns() {
        assertThat(admin.post(tables, create("wide", 5_000)).status()).isEqualTo(200);
        JsonNode schema = admin.get(tables + "/wide").json().at("/metadata/schemas/0/fields");
        assertThat(schema.size()).isEqualTo(5_000);
        sql("INSERT INTO iceberg.%s.wide (c0, c4999) VALUES ('a', 'b')".formatted(namespace));
        assertThat(sql("SELECT c0, c2500, c4999 FROM iceberg." + namespace + ".wide")
                        .toString())
                .isEqualTo("[{\"c0\":\"a\",\"c2500\":null,\"c4999\":\"b\"}]");
    }

    @Test
    void namesOfAllKinds() {
        List<String> levels = List.of(namespace, "with blank", "a/b", "%1F", "\uD83C\uDF0D");
        Reply made = admin.post(
                "/namespaces", "{\"namespace\": " + JsonMapper.shared().writeValueAsString(levels) + "}");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        for (int level = 1; level < levels.size(); level++) {
            JsonNode inside = admin.get("/namespaces?parent=" + joined(levels.subList(0, level)))
                    .json();
            assertThat(inside.toString())
                    .isEqualTo("{\"namespaces\":[%s],\"next-page-token\":null}"
                            .formatted(JsonMapper.shared().writeValueAsString(levels.subList(0, level + 1))));
        }
        String deep = "/namespaces/" + joined(levels);
        assertThat(admin.get(deep).json().path("namespace").size()).isEqualTo(5);
        List<String> names =
                List.of("dot.ted", "with blank", "a/b", "%1F", "\uD83C\uDF0D", "q\"uote", "back\\slash", "+", "?#&=;");
        for (String name : names) {
            Reply table = admin.post(
                    deep + "/tables", "{\"name\": %s, \"schema\": %s}".formatted(json(name), CatalogClient.SCHEMA));
            assertThat(table.status()).as(name + ": " + table).isEqualTo(200);
            assertThat(admin.get(deep + "/tables/" + encoded(name)).status())
                    .as(name)
                    .isEqualTo(200);
            String full = Stream.of(List.of("iceberg"), levels, List.of(name))
                    .flatMap(List::stream)
                    .map(part -> '"' + part.replace("\"", "\"\"") + '"')
                    .collect(Collectors.joining("."));
            assertThat(sql("SELECT n FROM " + full)).isEmpty();
        }
        assertThat(admin.get(deep + "/tables").json().path("identifiers").size())
                .isEqualTo(names.size());
        assertRefused(admin.delete(deep), 409, "NamespaceNotEmptyException");
    }

    private static String joined(List<String> levels) {
        return levels.stream().map(CatalogHardRequestsTest::encoded).collect(Collectors.joining("%1F"));
    }

    @Test
    void namesThatNothingCanHave() {
        for (String level :
                List.of("a.b", "", " ", "a\\u001Fb", "a\\u0000", "iceberg", "delta", "\\uD83C", "x".repeat(300))) {
            Reply refused = admin.post("/namespaces", "{\"namespace\": [\"" + level + "\"]}");
            assertRefused(refused, 400, refused.json().at("/error/type").asString());
        }
        for (String name : List.of("", " ", "a\\u001Fb", "a\\u0000", "\\uD83C", "x".repeat(300))) {
            Reply refused =
                    admin.post(tables, "{\"name\": \"%s\", \"schema\": %s}".formatted(name, CatalogClient.SCHEMA));
            assertRefused(refused, 400, refused.json().at("/error/type").asString());
        }
        for (String path : List.of("a.b", "a%1F%1Fb", "%1F", "x".repeat(300), "%20")) {
            assertRefused(admin.get("/namespaces/" + path), 404, "NoSuchNamespaceException");
            assertThat(admin.get("/namespaces/" + path + "/tables/t").status())
                    .as(path)
                    .isEqualTo(404);
            assertThat(admin.get(tables + "/" + path).status()).as(path).isEqualTo(404);
        }
    }

    private static String json(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void whatTheProtocolDoesNotKnow() {
        String path = admin.table(namespace, "unknown");
        for (String body : List.of(
                "{\"requirements\": [{\"type\": \"assert-weather\", \"sunny\": true}], \"updates\": []}",
                updates("{\"action\": \"paint\", \"colour\": \"red\"}"),
                updates("{\"no-action\": 1}"))) {
            assertRefused(admin.post(path, body), 400, "BadRequestException");
            assertRefused(
                    admin.post(
                            "/transactions/commit",
                            "{\"table-changes\": ["
                                    + body.replaceFirst(
                                            "\\{",
                                            "{\"identifier\": {\"namespace\": [\"%s\"], \"name\": \"unknown\"}, "
                                                    .formatted(namespace))
                                    + "]}"),
                    400,
                    "BadRequestException");
        }
        Reply more = admin.post(
                path,
                "{\"requirements\": [], \"weather\": 1, \"updates\": [{\"action\": \"set-properties\", \"updates\": {\"a\": \"b\"}, \"more\": 1}]}");
        assertThat(more.status()).as("a newer client's field: " + more).isEqualTo(200);
    }

    @Test
    void aTableDroppedAndMadeAgain() {
        String path = admin.table(namespace, "again");
        JsonNode loaded = admin.get(path).json().path("metadata");
        assertThat(admin.delete(path).status()).isEqualTo(204);
        String requirement = "{\"type\": \"assert-table-uuid\", \"uuid\": \"%s\"}"
                .formatted(loaded.path("table-uuid").asString());
        assertRefused(admin.post(path, setting(requirement, "a", "b")), 404, "NoSuchTableException");
        admin.table(namespace, "again");
        assertRefused(admin.post(path, setting(requirement, "a", "b")), 409, "CommitFailedException");
        // A writer that asks for nothing cannot put the old table's files into the new one all the same.
        assertRefused(
                admin.post(path, updates(snapshot(loaded, 1, System.currentTimeMillis()))), 400, "BadRequestException");
        assertThat(admin.get(path).json().at("/metadata/properties").has("a")).isFalse();
    }

    private static String snapshot(JsonNode table, long id, long millis) {
        return """
                {"action": "add-snapshot", "snapshot": {"snapshot-id": %1$d, "sequence-number": %1$d, "timestamp-ms": %2$d,
                 "manifest-list": "%3$s/metadata/snap-%1$d.avro", "summary": {"operation": "append"}, "schema-id": 0}},
                {"action": "set-snapshot-ref", "ref-name": "main", "type": "branch", "snapshot-id": %1$d}""".formatted(id, millis, table.path("location").asString());
    }

    @Test
    void clocksThatAreWrong() {
        String path = admin.table(namespace, "clock");
        JsonNode table = admin.get(path).json().path("metadata");
        long now = System.currentTimeMillis();
        for (long early : List.of(now + 3_600_000, now + 365L * 86_400_000, Long.MAX_VALUE)) {
            for (String branch : List.of("main", "other")) {
                Reply refused =
                        admin.post(path, updates(snapshot(table, 1, early).replace("main", branch)));
                assertRefused(refused, 400, "ValidationException");
                assertThat(refused.json().at("/error/message").asString()).contains("ahead of the server's clock");
            }
        }
        assertThat(admin.post(path, updates(snapshot(table, 1, now + 20_000))).status())
                .as("a clock that is a little early")
                .isEqualTo(200);
        for (long late : List.of(now - 3_600_000, 0L, -1L)) {
            Reply refused = admin.post(path, updates(snapshot(table, 2, late)));
            assertRefused(refused, 400, "ValidationException");
            assertThat(refused.json().at("/error/message").asString()).contains("before the table's last snapshot");
        }
        assertThat(admin.post(path, updates(snapshot(table, 2, now - 20_000))).status())
                .as("a clock that is a little late")
                .isEqualTo(200);
        assertThat(admin.post(path, setting("", "others", "go on")).status()).isEqualTo(200);
    }

    /** Another server's clock was early, or ours was set back. */
    @Test
    void aTableThatIsAheadOfTheServersClock() throws IOException {
        String path = admin.table(namespace, "ahead");
        sql("INSERT INTO iceberg." + namespace + ".ahead VALUES (1)");
        long now = System.currentTimeMillis();
        damage(
                path,
                "ahead",
                text -> text.replaceAll("(timestamp-ms|last-updated-ms)\"( *: *)[0-9]+", "$1\"$2" + (now + 3_600_000)));
        assertThat(sql("SELECT n FROM iceberg." + namespace + ".ahead").toString())
                .isEqualTo("[{\"n\":1}]");
        assertRefused(admin.post(path, setting("", "a", "b")), 409, "CommitFailedException");
        Reply insert = execute("INSERT INTO iceberg." + namespace + ".ahead VALUES (1)");
        assertThat(insert.status()).isEqualTo(409);
        assertThat(insert.body()).contains("ahead of this server's clock");
    }

    /** Points the table's name to a copy of its metadata file with other contents. */
    private void damage(String path, String table, UnaryOperator<String> change) throws IOException {
        Path file = Path.of(
                URI.create(admin.get(path).json().path("metadata-location").asString()));
        Path copy = file.resolveSibling("damaged-" + file.getFileName());
        Files.writeString(copy, change.apply(Files.readString(file)));
        Database database = server.bean(Database.class);
        database.inTransaction(() -> database.client()
                .sql("UPDATE iceberg_tables SET metadata_location = ? WHERE table_namespace = ? AND table_name = ?")
                .params("file:" + copy, namespace, table)
                .update());
    }

    @Test
    void metadataThatIsLostOrCutOff() throws IOException {
        for (String table : List.of("lost", "cut", "empty", "other")) {
            String path = admin.table(namespace, table);
            sql("INSERT INTO iceberg.%s.%s VALUES (1)".formatted(namespace, table));
            String tag = admin.get(path).header("ETag");
            switch (table) {
                case "lost" ->
                    Files.delete(Path.of(URI.create(
                            admin.get(path).json().path("metadata-location").asString())));
                case "cut" -> damage(path, table, text -> text.substring(0, text.length() / 2));
                case "empty" -> damage(path, table, text -> "");
                default -> damage(path, table, text -> "{\"other\": true}");
            }
            for (Reply refused : List.of(
                    admin.get(path),
                    admin.get(path, "If-None-Match", tag),
                    admin.post(path, setting("", "a", "b")),
                    admin.post("/transactions/commit", "{\"table-changes\": [%s]}".formatted(nothing(table))))) {
                assertRefused(refused, 404, "NotFoundException");
            }
            Reply insert = execute("INSERT INTO iceberg.%s.%s VALUES (1)".formatted(namespace, table));
            assertThat(insert.status()).isEqualTo(500);
            assertThat(insert.body()).contains("is lost or damaged");
            assertThat(admin.head(path).status()).isEqualTo(204);
            assertThat(admin.delete(path).status()).as("its name can go").isEqualTo(204);
        }
    }

    @Test
    void aCredentialThatEndsBetweenLoadAndCommit() throws InterruptedException {
        String path = admin.table(namespace, "expires");
        JsonNode key = server.post(
                        "/tarn/v1/keys",
                        "{\"name\": \"brief\", \"expires_at\": \"%s\"}"
                                .formatted(Instant.now().plusMillis(1_200)))
                .json();
        CatalogClient brief = new CatalogClient(
                server, key.path("secret").asString(key.path("key").asString()));
        assertThat(brief.get(path).status()).isEqualTo(200);
        String requirement = "{\"type\": \"assert-ref-snapshot-id\", \"ref\": \"main\", \"snapshot-id\": null}";
        String change = setting(requirement, "by", "somebody");
        Thread.sleep(1_300);
        assertRefused(brief.post(path, change), 401, "NotAuthorizedException");
        assertThat(admin.get(path).json().at("/metadata/properties").has("by")).isFalse();
        assertThat(admin.post(path, change).status()).as("with another one").isEqualTo(200);
    }

    @Test
    void clientsThatNeverReadTheirAnswers() throws IOException {
        String path = admin.table(namespace, "unread");
        assertThat(admin.post(path, properties(8 << 20)).status()).isEqualTo(200);
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort());
                silent.add(socket);
                String head = "%s /iceberg/v1/iceberg%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n";
                String body = setting("", "silent" + i, "x");
                String request = i % 2 == 0
                        ? head.formatted("GET", path, server.key()) + "\r\n"
                        : head.formatted("POST", path, server.key())
                                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body;
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
            long begun = System.nanoTime();
            assertThat(admin.post(path, setting("", "others", "go on")).status())
                    .isEqualTo(200);
            assertThat(admin.get("/namespaces/" + namespace).status()).isEqualTo(200);
            assertThat(System.nanoTime() - begun).as("nobody waits for them").isLessThan(10_000_000_000L);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }
}
