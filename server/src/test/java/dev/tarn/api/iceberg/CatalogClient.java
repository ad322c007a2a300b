package dev.tarn.api.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The protocol over plain HTTP, as somebody with a key. */
record CatalogClient(RunningServer server, String key) {
    static final String SCHEMA =
            "{\"type\": \"struct\", \"schema-id\": 0, \"fields\": [{\"id\": 1, \"name\": \"n\", \"required\": false, \"type\": \"long\"}]}";

    Reply send(String method, String path, @Nullable String body, String... more) {
        List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + key));
        if (body != null) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        headers.addAll(Arrays.asList(more));
        return server.send(method, "/iceberg/v1" + path, body, headers.toArray(String[]::new));
    }

    Reply get(String path, String... headers) {
        return send("GET", "/iceberg" + path, null, headers);
    }

    Reply head(String path) {
        return send("HEAD", "/iceberg" + path, null);
    }

    Reply post(String path, String body) {
        return send("POST", "/iceberg" + path, body);
    }

    Reply delete(String path) {
        return send("DELETE", "/iceberg" + path, null);
    }

    /** A new namespace of one level. */
    String namespace() {
        String name = "r" + UUID.randomUUID().toString().replace("-", "");
        assertThat(post("/namespaces", "{\"namespace\": [\"" + name + "\"]}").status())
                .isEqualTo(200);
        return name;
    }

    /** A new table with one column; returns its path. */
    String table(String namespace, String name) {
        Reply made = post(
                "/namespaces/" + namespace + "/tables", "{\"name\": \"" + name + "\", \"schema\": " + SCHEMA + "}");
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        return "/namespaces/" + namespace + "/tables/" + name;
    }

    /** A commit that sets a property, when a requirement holds. */
    static String setting(String requirement, String key, String value) {
        return "{\"requirements\": [%s], \"updates\": [{\"action\": \"set-properties\", \"updates\": {\"%s\": \"%s\"}}]}"
                .formatted(requirement, key, value);
    }

    static void assertRefused(Reply reply, int status, String type) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.json().propertyNames()).containsExactly("error");
        assertThat(reply.json().path("error").propertyNames()).containsExactly("message", "type", "code");
        assertThat(reply.json().at("/error/type").asString()).isEqualTo(type);
        assertThat(reply.json().at("/error/code").asInt()).isEqualTo(status);
    }
}
