package dev.tarn.api.iceberg;

import static dev.tarn.api.iceberg.CatalogClient.assertRefused;
import static dev.tarn.api.iceberg.CatalogClient.setting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogTablesGoldenTest {
    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());
    private final String namespace = admin.namespace();
    private final String tables = "/namespaces/" + namespace + "/tables";

    @Test
    void aTableIsMadeLoadedChangedAndDropped() {
        String path = admin.table(namespace, "orders");
        assertRefused(
                admin.post(tables, "{\"name\": \"ORDERS\", \"schema\": " + CatalogClient.SCHEMA + "}"),
                409,
                "AlreadyExistsException");

        Reply loaded = admin.get(path);
        assertThat(loaded.json().propertyNames()).contains("metadata-location", "metadata");
        String tag = loaded.header("ETag");
        Reply again = admin.get(path, "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(tag);
        assertThat(admin.get(path + "?snapshots=refs", "If-None-Match", tag).status())
                .isEqualTo(200);
        assertRefused(admin.get(path + "?snapshots=some"), 400, "IllegalArgumentException");

        Reply changed = admin.post(path, setting("", "note", "x"));
        assertThat(changed.json().at("/metadata/properties/note").asString()).isEqualTo("x");
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        assertThat(admin.get(path, "If-None-Match", tag).status()).isEqualTo(200);
        assertThat(admin.get(path).header("ETag")).isEqualTo(changed.header("ETag"));
        assertThat(admin.get(path + "/credentials").json().toString()).isEqualTo("{\"storage-credentials\":[]}");
        assertRefused(
                admin.post(
                        path,
                        setting(
                                "{\"type\": \"assert-ref-snapshot-id\", \"ref\": \"main\", \"snapshot-id\": 7}",
                                "a",
                                "b")),
                409,
                "CommitFailedException");
        assertThat(admin.head(path).status()).isEqualTo(204);

        assertThat(admin.delete(path).status()).isEqualTo(204);
        assertThat(admin.head(path).status()).isEqualTo(404);
        assertRefused(admin.get(path), 404, "NoSuchTableException");
        assertRefused(admin.delete(path), 404, "NoSuchTableException");
        assertThat(sql("UNDROP TABLE iceberg." + namespace + ".orders").status())
                .isEqualTo(200);
        assertThat(admin.delete(path + "?purgeRequested=true").status()).isEqualTo(204);
    }

    private Reply sql(String statement) {
        return server.post("/tarn/v1/statements", "{\"statement\": \"" + statement + "\"}");
    }

    @Test
    void whatNoClientMayIsRefused() {
        String path = admin.table(namespace, "closed");
        String other = admin.table(namespace, "other");
        String folder = admin.get(other).json().at("/metadata/location").asString();
        for (String property : List.of(
                "write.data.path",
                "write.metadata.path",
                "write.object-storage.path",
                "write.location-provider.impl",
                "io-impl",
                "catalog-impl")) {
            assertThat(admin.post(path, setting("", property, folder)).status())
                    .as(property)
                    .isEqualTo(400);
            assertThat(admin.post(
                                    tables,
                                    "{\"name\": \"made\", \"schema\": %s, \"properties\": {\"%s\": \"%s\"}}"
                                            .formatted(CatalogClient.SCHEMA, property, folder))
                            .status())
                    .as(property)
                    .isEqualTo(400);
        }
        for (String location :
                List.of(folder, folder + "/inside", "file:/etc", "s3://bucket/x", folder + "/../../x", "file:/tmp/x")) {
            assertRefused(
                    admin.post(
                            path,
                            "{\"requirements\": [], \"updates\": [{\"action\": \"set-location\", \"location\": \""
                                    + location + "\"}]}"),
                    400,
                    "BadRequestException");
            for (String staged : List.of("true", "false")) {
                assertThat(admin.post(
                                        tables,
                                        "{\"name\": \"made\", \"schema\": %s, \"stage-create\": %s, \"location\": \"%s\"}"
                                                .formatted(CatalogClient.SCHEMA, staged, location))
                                .status())
                        .as(location)
                        .isEqualTo(400);
            }
        }
        String list = folder + "/metadata/snap-1.avro";
        String snapshot =
                "{\"requirements\": [], \"updates\": [{\"action\": \"add-snapshot\", \"snapshot\": {\"snapshot-id\": 1, \"sequence-number\": 1, \"timestamp-ms\": %d, \"manifest-list\": \"%s\", \"summary\": {\"operation\": \"append\"}, \"schema-id\": 0}}]}"
                        .formatted(System.currentTimeMillis(), list);
        assertRefused(admin.post(path, snapshot), 400, "BadRequestException");
        assertRefused(
                admin.post(
                        "/namespaces/" + namespace + "/register",
                        "{\"name\": \"made\", \"metadata-location\": \""
                                + admin.get(other)
                                        .json()
                                        .path("metadata-location")
                                        .asString() + "\"}"),
                400,
                "BadRequestException");
        assertThat(admin.head(tables + "/made").status()).isEqualTo(404);
        for (String nonsense : List.of(
                "",
                "null",
                "[]",
                "{",
                "{\"requirements\": [{\"type\": \"assert-what\"}], \"updates\": []}",
                "{\"requirements\": [], \"updates\": [{\"action\": \"do-what\"}]}",
                "{\"requirements\": [], \"updates\": [{\"action\": \"set-current-schema\", \"schema-id\": 99}]}")) {
            assertThat(admin.post(path, nonsense).status()).as(nonsense).isEqualTo(400);
        }
    }

    /** As Trino does. */
    @Test
    void aClientMayChooseAPlaceLikeTheServers() {
        String folder = admin.get("/namespaces/" + namespace)
                .json()
                .at("/properties/location")
                .asString();
        String unique = "-0123456789abcdef0123456789abcdef";
        for (String elsewhere : List.of(
                folder + unique + unique,
                folder + "/chosen",
                folder + "/inside/chosen" + unique,
                folder.replace(namespace, admin.namespace()) + "/chosen" + unique)) {
            assertRefused(admin.post(tables, chosen("chosen", elsewhere)), 400, "BadRequestException");
        }
        Reply made = admin.post(tables, chosen("chosen", folder + "/chosen" + unique));
        assertThat(made.json().at("/metadata/location").asString()).isEqualTo(folder + "/chosen" + unique);
        assertRefused(admin.post(tables, chosen("other", folder + "/chosen" + unique)), 400, "BadRequestException");
        assertThat(admin.delete(tables + "/chosen?purgeRequested=true").status())
                .isEqualTo(204);
    }

    private static String chosen(String name, String location) {
        return "{\"name\": \"%s\", \"schema\": %s, \"location\": \"%s\"}"
                .formatted(name, CatalogClient.SCHEMA, location);
    }

    @Test
    void whatIsStagedIsMadeByItsCommit() {
        Reply staged = admin.post(
                tables, "{\"name\": \"later\", \"stage-create\": true, \"schema\": " + CatalogClient.SCHEMA + "}");
        assertThat(staged.status()).isEqualTo(200);
        assertThat(staged.json().has("metadata-location")).isFalse();
        JsonNode metadata = staged.json().path("metadata");
        assertThat(admin.head(tables + "/later").status()).isEqualTo(404);
        String create = """
                {"requirements": [{"type": "assert-create"}], "updates": [
                  {"action": "assign-uuid", "uuid": "%s"}, {"action": "upgrade-format-version", "format-version": 2},
                  {"action": "add-schema", "schema": %s, "last-column-id": 1}, {"action": "set-current-schema", "schema-id": -1},
                  {"action": "add-spec", "spec": {"spec-id": 0, "fields": []}}, {"action": "set-default-spec", "spec-id": -1},
                  {"action": "add-sort-order", "sort-order": {"order-id": 0, "fields": []}}, {"action": "set-default-sort-order", "sort-order-id": -1},
                  {"action": "set-location", "location": "%s"}]}""".formatted(
                        metadata.path("table-uuid").asString(),
                        CatalogClient.SCHEMA,
                        metadata.path("location").asString());
        // Another name's place is not one's own.
        assertRefused(admin.post(tables + "/stolen", create), 400, "BadRequestException");
        Reply made = admin.post(tables + "/later", create);
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.json().at("/metadata/location")).isEqualTo(metadata.path("location"));
        // The answer was lost: the same request again is answered, not made twice.
        assertThat(admin.post(tables + "/later", create).json().path("metadata-location"))
                .isEqualTo(made.json().path("metadata-location"));
        assertRefused(
                admin.post(
                        tables + "/later",
                        create.replace(metadata.path("table-uuid").asString(), "00000000-0000-0000-0000-000000000001")),
                409,
                "CommitFailedException");
    }

    @Test
    void tablesAreListedPagedAndRenamed() {
        for (String name : List.of("a", "b.c", "d e", "f/g", "%1F", "\\uD83C\\uDF0D")) {
            assertThat(admin.post(tables, "{\"name\": \"" + name + "\", \"schema\": " + CatalogClient.SCHEMA + "}")
                            .status())
                    .isEqualTo(200);
        }
        List<String> names = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = admin.get(tables + "?pageSize=2&pageToken="
                            + java.net.URLEncoder.encode(token, java.nio.charset.StandardCharsets.UTF_8))
                    .json();
            page.path("identifiers")
                    .forEach(found -> names.add(found.path("name").asString()));
            token = page.path("next-page-token").asString("");
        } while (!token.isEmpty());
        assertThat(names).containsExactly("%1F", "a", "b.c", "d e", "f/g", "\uD83C\uDF0D");
        for (String path : List.of("a", "b.c", "d+e", "d%20e", "f%2Fg", "%251F", "%F0%9F%8C%8D")) {
            assertThat(admin.get(tables + "/" + path).status()).as(path).isEqualTo(200);
        }
        String rename =
                "{\"source\": {\"namespace\": [\"%1$s\"], \"name\": \"%2$s\"}, \"destination\": {\"namespace\": [\"%1$s\"], \"name\": \"%3$s\"}}";
        assertThat(admin.post("/tables/rename", rename.formatted(namespace, "a", "z"))
                        .status())
                .isEqualTo(204);
        assertRefused(admin.post("/tables/rename", rename.formatted(namespace, "a", "y")), 404, "NoSuchTableException");
        assertRefused(
                admin.post("/tables/rename", rename.formatted(namespace, "z", "d e")), 409, "AlreadyExistsException");
    }

    @Test
    void aDroppedTableIsRegisteredInPlace() {
        String path = admin.table(namespace, "old");
        assertThat(sql("INSERT INTO iceberg." + namespace + ".old VALUES (7)").status())
                .isEqualTo(200);
        String metadata = admin.get(path).json().path("metadata-location").asString();
        assertThat(admin.delete(path).status()).isEqualTo(204);
        String register = "{\"name\": \"new\", \"metadata-location\": \"" + metadata + "\"";
        assertRefused(
                admin.post("/namespaces/" + namespace + "/register", register + ", \"overwrite\": true}"),
                406,
                "UnsupportedOperationException");
        Reply registered = admin.post("/namespaces/" + namespace + "/register", register + "}");
        assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
        assertThat(registered.json().path("metadata-location").asString()).isEqualTo(metadata);
        assertThat(server.post("/v1/sql/execute", "{\"statement\": \"SELECT n FROM iceberg." + namespace + ".new\"}")
                        .json()
                        .path("rows")
                        .toString())
                .isEqualTo("[{\"n\":7}]");
        assertThat(sql("UNDROP TABLE iceberg." + namespace + ".old").status()).isEqualTo(404);
    }

    @Test
    void whoMaySeeAPartAloneIsRefused() {
        String path = admin.table(namespace, "hidden");
        String table = "iceberg." + namespace + ".hidden";
        LimitedUser user = LimitedUser.of(server);
        assertThat(user.get("/iceberg/v1/iceberg" + path).status()).isEqualTo(404);
        user.reads(table, List.of(), "n > 1");
        for (String what : List.of("", "/credentials")) {
            assertRefused(user.get("/iceberg/v1/iceberg" + path + what), 403, "ForbiddenException");
        }
        assertRefused(user.post("/iceberg/v1/iceberg" + path, setting("", "a", "b")), 403, "ForbiddenException");
        LimitedUser reader = LimitedUser.of(server).reads(table, List.of(), null);
        assertThat(reader.get("/iceberg/v1/iceberg" + path).status()).isEqualTo(200);
        assertRefused(reader.post("/iceberg/v1/iceberg" + path, setting("", "a", "b")), 403, "ForbiddenException");
        assertThat(server.get("/tarn/v1/audit?limit=200").body()).contains(table);
    }
}
