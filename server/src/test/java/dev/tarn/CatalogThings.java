package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer.Reply;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the isolation matrix needs of a tenant's catalog, made through Iceberg's protocol. */
record CatalogThings(RunningServer server, String key, String word, String namespace) {
    private static final String SCHEMA =
            "{\"type\": \"struct\", \"schema-id\": 0, \"fields\": [{\"id\": 1, \"name\": \"n\", \"required\": false, \"type\": \"long\"}]}";

    String thing(String kind) {
        return switch (kind) {
            case "spare_namespace" -> spareNamespace();
            case "spare_table_name" -> table();
            case "view_name" -> view();
            case "scan_plan" -> plan();
            case "metadata_file" -> metadata(table());
            case "upkeep_job" -> upkeepJob();
            case "version" -> version();
            case "dropped_view_name" -> word + "_dropped";
            case "dropped_view_metadata" -> droppedViewMetadata();
            case "dropped_metadata" -> droppedMetadata();
            default -> throw new IllegalArgumentException("The isolation matrix makes no " + kind);
        };
    }

    private String name() {
        return word + "_" + UUID.randomUUID().toString().replace("-", "");
    }

    private String spareNamespace() {
        String name = name();
        ask("POST", "/namespaces", "{\"namespace\": [\"" + name + "\"]}", 200);
        return name;
    }

    private String table() {
        String name = name();
        ask(
                "POST",
                "/namespaces/" + namespace + "/tables",
                "{\"name\": \"" + name + "\", \"schema\": " + SCHEMA + "}",
                200);
        return name;
    }

    private String metadata(String table) {
        return ask("GET", "/namespaces/" + namespace + "/tables/" + table, null, 200)
                .json()
                .path("metadata-location")
                .asString();
    }

    private String droppedMetadata() {
        String table = table();
        String location = metadata(table);
        ask("DELETE", "/namespaces/" + namespace + "/tables/" + table, null, 204);
        return location;
    }

    /** The newest one of the table that every tenant has. */
    private String version() {
        return server.send(
                        "GET",
                        "/tarn/v1/tables/iceberg." + namespace + "." + word + "_table",
                        null,
                        "Authorization",
                        "Bearer " + key)
                .json()
                .path("snapshot_id")
                .asString();
    }

    private String upkeepJob() {
        Reply accepted = server.send(
                "POST",
                "/tarn/v1/tables/iceberg." + namespace + "." + table() + "/upkeep",
                "{\"operation\": \"expire\", \"retain_last\": 1, \"dry_run\": true}",
                "Authorization",
                "Bearer " + key,
                "Content-Type",
                "application/json");
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        return accepted.json().path("id").asString();
    }

    /** Of the table that every tenant has. */
    private String plan() {
        return ask("POST", "/namespaces/" + namespace + "/tables/" + word + "_table/plan", "{}", 200)
                .json()
                .path("plan-id")
                .asString();
    }

    private String view() {
        String name = name();
        ask("POST", "/namespaces/" + namespace + "/views", viewOf(name), 200);
        return name;
    }

    private String viewOf(String name) {
        return """
                {"name": "%s", "schema": %s, "properties": {}, "view-version": {"version-id": 1, "schema-id": 0,
                 "timestamp-ms": 1, "summary": {}, "default-namespace": ["%s"],
                 "representations": [{"type": "sql", "sql": "SELECT 1 AS n", "dialect": "duckdb"}]}}""".formatted(name, SCHEMA, namespace);
    }

    /** It can be registered under the name that it had alone. */
    private String droppedViewMetadata() {
        String view = word + "_dropped";
        server.send(
                "DELETE",
                "/iceberg/v1/iceberg/namespaces/" + namespace + "/views/" + view,
                null,
                "Authorization",
                "Bearer " + key);
        ask("POST", "/namespaces/" + namespace + "/views", viewOf(view), 200);
        String location = ask("GET", "/namespaces/" + namespace + "/views/" + view, null, 200)
                .json()
                .path("metadata-location")
                .asString();
        ask("DELETE", "/namespaces/" + namespace + "/views/" + view, null, 204);
        return location;
    }

    private Reply ask(String method, String path, @Nullable String body, int status) {
        Reply reply = body == null
                ? server.send(method, "/iceberg/v1/iceberg" + path, null, "Authorization", "Bearer " + key)
                : server.send(
                        method,
                        "/iceberg/v1/iceberg" + path,
                        body,
                        "Authorization",
                        "Bearer " + key,
                        "Content-Type",
                        "application/json");
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        return reply;
    }
}
