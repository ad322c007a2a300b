package dev.tarn.api.iceberg;

import static dev.tarn.api.iceberg.CatalogClient.assertRefused;
import static dev.tarn.api.iceberg.CatalogClient.setting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests of the protocol that carry an Idempotency-Key. */
class CatalogIdempotencyTest {
    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());
    private final String namespace = admin.namespace();
    private final String tables = "/namespaces/" + namespace + "/tables";

    private static Reply send(CatalogClient client, String key, String method, String path, @Nullable String body) {
        return client.send(method, "/iceberg" + path, body, "Idempotency-Key", key);
    }

    private Reply twice(int status, String method, String path, @Nullable String body) {
        String key = UUID.randomUUID().toString();
        Reply first = send(admin, key, method, path, body);
        assertThat(first.status()).as(first.toString()).isEqualTo(status);
        Reply again = send(admin, key, method, path, body);
        assertThat(again.status()).as(again.toString()).isEqualTo(status);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        return first;
    }

    @Test
    void everyChangeIsMadeOnceAndAnsweredAlike() {
        String inner = "{\"namespace\": [\"%s\", \"in\"], \"properties\": {\"a\": \"b\"}}".formatted(namespace);
        twice(200, "POST", "/namespaces", inner);
        String path = "/namespaces/" + namespace + "%1Fin";
        twice(200, "POST", path + "/properties", "{\"removals\": [\"a\"], \"updates\": {\"c\": \"d\"}}");
        twice(204, "DELETE", path, null);

        twice(200, "POST", tables, "{\"name\": \"t\", \"schema\": " + CatalogClient.SCHEMA + "}");
        twice(
                200,
                "POST",
                tables,
                "{\"name\": \"s\", \"stage-create\": true, \"schema\": " + CatalogClient.SCHEMA + "}");
        Reply changed = twice(200, "POST", tables + "/t", adding("b", 1));
        assertRefused(admin.post(tables + "/t", adding("b", 1)), 409, "CommitFailedException");
        twice(204, "POST", "/transactions/commit", "{\"table-changes\": [" + identified(adding("c", 2)) + "]}");
        twice(204, "POST", "/tables/rename", rename("t", "u"));
        twice(204, "DELETE", tables + "/u", null);
        twice(
                200,
                "POST",
                "/namespaces/" + namespace + "/register",
                "{\"name\": \"again\", \"metadata-location\": \"%s\"}"
                        .formatted(changed.json().path("metadata-location").asString()));
        views();
    }

    private void views() {
        String view = """
                {"name": "v", "schema": %s, "properties": {}, "view-version": {"version-id": 1, "schema-id": 0,
                 "timestamp-ms": 1, "summary": {}, "default-namespace": ["%s"],
                 "representations": [{"type": "sql", "sql": "SELECT 1 AS n", "dialect": "duckdb"}]}}""".formatted(CatalogClient.SCHEMA, namespace);
        String all = "/namespaces/" + namespace + "/views";
        twice(200, "POST", all, view);
        twice(200, "POST", all + "/v", setting("", "a", "b"));
        twice(204, "POST", "/views/rename", rename("v", "w"));
        twice(204, "DELETE", all + "/w", null);
    }

    private String rename(String from, String to) {
        return "{\"source\": {\"namespace\": [\"%1$s\"], \"name\": \"%2$s\"}, \"destination\": {\"namespace\": [\"%1$s\"], \"name\": \"%3$s\"}}"
                .formatted(namespace, from, to);
    }

    private String identified(String commit) {
        return "{\"identifier\": {\"namespace\": [\"%s\"], \"name\": \"t\"}, ".formatted(namespace)
                + commit.substring(1);
    }

    /** A column more, which the same request cannot add once more. */
    private static String adding(String column, int last) {
        return """
                {"requirements": [{"type": "assert-last-assigned-field-id", "last-assigned-field-id": %d}], "updates": [
                 {"action": "add-schema", "schema": {"type": "struct", "fields": [
                   {"id": 1, "name": "n", "required": false, "type": "long"},
                   {"id": %d, "name": "%s", "required": false, "type": "long"}]}},
                 {"action": "set-current-schema", "schema-id": -1}]}""".formatted(last, last + 1, column);
    }

    @Test
    void anOldAnswerIsGivenAsItWas() {
        String path = admin.table(namespace, "moves");
        String key = UUID.randomUUID().toString();
        Reply first = send(admin, key, "POST", path, setting("", "step", "1"));
        assertThat(admin.post(path, setting("", "step", "2")).status()).isEqualTo(200);
        assertThat(send(admin, key, "POST", path, setting("", "step", "1")).body())
                .isEqualTo(first.body());
        assertThat(admin.get(path).json().at("/metadata/properties/step").asString())
                .isEqualTo("2");
    }

    @Test
    void refusalsThatStayAreAnswersAndAnotherRequestIsRefused() {
        String key = UUID.randomUUID().toString();
        String nowhere = "/namespaces/" + namespace + "_later/tables";
        String create = "{\"name\": \"t\", \"schema\": " + CatalogClient.SCHEMA + "}";
        assertRefused(send(admin, key, "POST", nowhere, create), 404, "NoSuchNamespaceException");
        assertThat(admin.post("/namespaces", "{\"namespace\": [\"" + namespace + "_later\"]}")
                        .status())
                .isEqualTo(200);
        assertRefused(send(admin, key, "POST", nowhere, create), 404, "NoSuchNamespaceException");
        assertRefused(
                send(admin, key, "POST", nowhere, create.replace("\"t\"", "\"u\"")),
                422,
                "UnprocessableEntityException");
        assertRefused(send(admin, key, "DELETE", nowhere + "/t", null), 422, "UnprocessableEntityException");
        assertRefused(send(admin, "a b", "POST", nowhere, create), 400, "BadRequestException");
        CatalogClient elsewhere = new CatalogClient(server, server.keyOfAnotherTenant());
        assertThat(send(elsewhere, key, "POST", "/namespaces", "{\"namespace\": [\"" + namespace + "\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(admin.send("GET", "/config", null)
                        .json()
                        .path("idempotency-key-lifetime")
                        .asString())
                .isEqualTo("PT24H");
    }

    @Test
    void manyAtOnceAreOne() throws InterruptedException, ExecutionException {
        String path = admin.table(namespace, "one");
        String key = UUID.randomUUID().toString();
        List<Future<Reply>> running = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            for (int client = 0; client < 8; client++) {
                running.add(clients.submit(() -> send(admin, key, "POST", path, adding("b", 1))));
            }
        }
        for (Future<Reply> one : running) {
            assertThat(one.get().status()).as(one.get().toString()).isEqualTo(200);
            assertThat(one.get().body()).isEqualTo(running.getFirst().get().body());
        }
    }

    @Test
    void whoMayReadNoMoreIsToldNothingAgain() {
        String path = admin.table(namespace, "closed");
        String table = "iceberg." + namespace + ".closed";
        LimitedUser user = LimitedUser.of(server);
        List<String> grants = List.of(granted(user, "select", table), granted(user, "alter", table));
        String key = UUID.randomUUID().toString();
        CatalogClient client = new CatalogClient(server, user.key());
        assertThat(send(client, key, "POST", path, setting("", "a", "b")).status())
                .isEqualTo(200);
        grants.forEach(grant -> server.delete("/tarn/v1/grants/" + grant));
        assertRefused(send(client, key, "POST", path, setting("", "a", "b")), 404, "NoSuchTableException");
    }

    private String granted(LimitedUser user, String verb, String table) {
        return server.post(
                        "/tarn/v1/grants",
                        "{\"to\": \"%s\", \"verb\": \"%s\", \"on\": \"table:%s\"}".formatted(user.name(), verb, table))
                .json()
                .path("id")
                .asString();
    }
}
