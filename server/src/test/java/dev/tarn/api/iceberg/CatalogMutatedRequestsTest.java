package dev.tarn.api.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that are right but for one value: whatever it is, the client hears in the protocol's form what is wrong with its request. */
@Tag("slow")
class CatalogMutatedRequestsTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What stands in a value's place; the last one says that it is left out. */
    private static final List<String> VALUES = List.of("null", "\"x\"", "{}", "");

    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());
    private final String namespace = admin.namespace();

    /** Each is sent by itself: of several the first wrong one would be told. */
    private static final List<String> UPDATES = List.of(
            "{\"action\": \"add-schema\", \"schema\": %s, \"last-column-id\": 1}".formatted(CatalogClient.SCHEMA),
            "{\"action\": \"set-current-schema\", \"schema-id\": 0}",
            """
            {"action": "add-spec", "spec": {"spec-id": 1,
             "fields": [{"source-id": 1, "transform": "bucket[3]", "name": "b", "field-id": 1000}]}}""",
            """
            {"action": "add-sort-order", "sort-order": {"order-id": 1,
             "fields": [{"source-id": 1, "transform": "identity", "direction": "asc", "null-order": "nulls-first"}]}}""",
            """
            {"action": "add-snapshot", "snapshot": {"snapshot-id": 1, "sequence-number": 1, "timestamp-ms": 1, "manifest-list": "x",
             "summary": {"operation": "append"}, "schema-id": 0}}""",
            "{\"action\": \"set-snapshot-ref\", \"ref-name\": \"main\", \"type\": \"branch\", \"snapshot-id\": 1}",
            """
            {"action": "set-statistics", "statistics": {"snapshot-id": 1, "statistics-path": "x", "file-size-in-bytes": 1,
             "file-footer-size-in-bytes": 1, "blob-metadata": []}}""",
            "{\"action\": \"remove-properties\", \"removals\": [\"a\"]}",
            "{\"action\": \"set-properties\", \"updates\": {\"a\": \"b\"}}",
            "{\"action\": \"remove-snapshots\", \"snapshot-ids\": [1]}",
            "{\"action\": \"set-location\", \"location\": \"x\"}",
            "{\"action\": \"upgrade-format-version\", \"format-version\": 2}",
            "{\"action\": \"remove-schemas\", \"schema-ids\": [1]}");

    private static final String REQUIREMENTS = """
            {"requirements": [{"type": "assert-last-assigned-field-id", "last-assigned-field-id": 1},
              {"type": "assert-current-schema-id", "current-schema-id": 0},
              {"type": "assert-last-assigned-partition-id", "last-assigned-partition-id": 999},
              {"type": "assert-default-spec-id", "default-spec-id": 0}, {"type": "assert-default-sort-order-id", "default-sort-order-id": 0},
              {"type": "assert-ref-snapshot-id", "ref": "main", "snapshot-id": null}, {"type": "assert-table-uuid", "uuid": "x"}],
             "updates": []}""";

    private static final String VERSION = """
            {"version-id": 1, "timestamp-ms": 1, "schema-id": 0, "summary": {"engine-name": "e"}, "default-namespace": ["x"],
             "representations": [{"type": "sql", "sql": "select 1 as n", "dialect": "spark"}]}""";

    private record Sent(String path, String body) {}

    private static String commit(String update) {
        return "{\"requirements\": [], \"updates\": [" + update + "]}";
    }

    private List<Sent> requests(String table, String view) {
        String inside = "/namespaces/" + namespace;
        List<Sent> requests = new ArrayList<>();
        requests.add(new Sent(
                "/namespaces",
                "{\"namespace\": [\"%s\", \"m\"], \"properties\": {\"a\": \"b\"}}".formatted(namespace)));
        requests.add(new Sent(inside + "/properties", "{\"removals\": [\"a\"], \"updates\": {\"b\": \"c\"}}"));
        requests.add(new Sent(inside + "/tables", """
                {"name": "made", "schema": %s, "stage-create": true, "properties": {"a": "b"},
                 "partition-spec": {"spec-id": 0, "fields": [{"source-id": 1, "transform": "identity", "name": "p", "field-id": 1000}]}}""".formatted(CatalogClient.SCHEMA)));
        UPDATES.forEach(update -> requests.add(new Sent(table, commit(update))));
        requests.add(new Sent(table, REQUIREMENTS));
        requests.add(new Sent(
                "/tables/rename",
                "{\"source\": {\"namespace\": [\"%s\"], \"name\": \"none\"}, \"destination\": {\"namespace\": [\"x\"], \"name\": \"y\"}}"
                        .formatted(namespace)));
        requests.add(new Sent(
                inside + "/register", "{\"name\": \"r\", \"metadata-location\": \"file:/x\", \"overwrite\": false}"));
        requests.add(new Sent(
                "/transactions/commit",
                "{\"table-changes\": [{\"identifier\": {\"namespace\": [\"%s\"], \"name\": \"t\"}, \"requirements\": [], \"updates\": [%s]}]}"
                        .formatted(namespace, UPDATES.get(1))));
        requests.add(new Sent(
                inside + "/views",
                "{\"name\": \"w\", \"schema\": %s, \"properties\": {\"a\": \"b\"}, \"view-version\": %s}"
                        .formatted(CatalogClient.SCHEMA, VERSION)));
        requests.add(new Sent(view, commit("{\"action\": \"add-view-version\", \"view-version\": " + VERSION + "}")));
        return requests;
    }

    @Test
    void aWrongValueAnywhereIsTheRequestsFault() {
        String table = admin.table(namespace, "t");
        List<String> wrong = new ArrayList<>();
        String view = "/namespaces/" + namespace + "/views/v";
        assertThat(admin.post(
                                "/namespaces/" + namespace + "/views",
                                "{\"name\": \"v\", \"schema\": %s, \"properties\": {}, \"view-version\": %s}"
                                        .formatted(CatalogClient.SCHEMA, VERSION))
                        .status())
                .isEqualTo(200);
        for (Sent request : requests(table, view)) {
            for (String mutated : mutations(JSON.readTree(request.body()))) {
                Reply reply = admin.post(request.path(), mutated);
                if (!isTold(reply)) {
                    wrong.add("%s %s: %d %s".formatted(request.path(), mutated, reply.status(), reply.body()));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean isTold(Reply reply) {
        if (reply.status() < 300) {
            return true;
        }
        JsonNode error = reply.json().path("error");
        String message = error.path("message").asString();
        return reply.status() < 500
                && error.path("code").asInt() == reply.status()
                && !message.isBlank()
                && !message.contains("Cannot invoke")
                && !message.contains("Exception");
    }

    private static List<String> mutations(JsonNode body) {
        List<String> mutations = new ArrayList<>();
        mutate(body, changed -> body.toString(), mutations);
        return mutations;
    }

    /** Puts each value in each place, one at a time, and the old one back. */
    private static void mutate(JsonNode node, Function<JsonNode, String> whole, List<String> mutations) {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode old = object.get(name);
                for (String value : VALUES) {
                    if (value.isEmpty()) {
                        object.remove(name);
                    } else {
                        object.set(name, JSON.readTree(value));
                    }
                    mutations.add(whole.apply(object));
                    object.set(name, old);
                }
                mutate(old, whole, mutations);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode old = array.get(i);
                for (String value : VALUES) {
                    if (!value.isEmpty()) {
                        array.set(i, JSON.readTree(value));
                        mutations.add(whole.apply(array));
                        array.set(i, old);
                    }
                }
                mutate(old, whole, mutations);
            }
        }
    }
}
