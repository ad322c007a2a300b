package dev.tarn.api.iceberg;

import static dev.tarn.api.iceberg.CatalogClient.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.catalog.CatalogTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogScansGoldenTest {
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.optional(1, "n", Types.LongType.get()),
            Types.NestedField.optional(2, "text", Types.StringType.get()));

    private final RunningServer server = RunningServer.shared();
    private final CatalogClient admin = new CatalogClient(server, server.key());
    private final String name = CatalogTables.create(
            server, SCHEMA, PartitionSpec.builderFor(SCHEMA).identity("n").build(), Map.of());
    private final String path = "/namespaces/" + name.split("\\.", -1)[1] + "/tables/made";

    /** Commits files that nobody looks into, each with ten rows of one number. */
    private long append(int from, int to) {
        Table table = CatalogTables.of(server, name);
        AppendFiles append = table.newFastAppend();
        for (int n = from; n < to; n++) {
            append.appendFile(DataFiles.builder(table.spec())
                    .withPath(table.location() + "/data/" + n + ".parquet")
                    .withFileSizeInBytes(100)
                    .withRecordCount(10)
                    .withPartitionPath("n=" + n)
                    .build());
        }
        append.commit();
        return CatalogTables.of(server, name).currentSnapshot().snapshotId();
    }

    private Reply plan(String request) {
        Reply reply = admin.post(path + "/plan", request);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply;
    }

    private static List<String> files(JsonNode answer) {
        List<String> files = new ArrayList<>();
        answer.path("file-scan-tasks")
                .forEach(task -> files.add(task.at("/data-file/file-path")
                        .asString()
                        .replaceFirst(".*/", "")
                        .replace(".parquet", "")));
        return files;
    }

    private static List<String> tasks(JsonNode answer) {
        List<String> tasks = new ArrayList<>();
        answer.path("plan-tasks").forEach(task -> tasks.add(task.asString()));
        return tasks;
    }

    @Test
    void aSmallPlanIsAnsweredAtOnce() {
        assertThat(files(plan("{}").json())).isEmpty();
        long first = append(0, 3);
        long second = append(3, 5);

        JsonNode planned = plan("""
                {"filter": {"type": "and", "left": {"type": "gt-eq", "term": "n", "value": 2},
                 "right": {"type": "eq", "term": "text", "value": "x"}}, "select": ["text"]}""").json();

        assertThat(planned.propertyNames()).containsExactly("status", "plan-id", "file-scan-tasks");
        assertThat(planned.path("status").asString()).isEqualTo("completed");
        assertThat(files(planned)).containsExactlyInAnyOrder("2", "3", "4");
        JsonNode task = planned.at("/file-scan-tasks/0");
        assertThat(task.propertyNames()).containsExactly("data-file", "residual-filter");
        assertThat(task.path("residual-filter").toString())
                .isEqualTo("{\"type\":\"eq\",\"term\":\"text\",\"value\":\"x\"}");
        assertThat(task.at("/data-file/partition").toString())
                .isEqualTo("[" + files(planned).getFirst() + "]");
        assertThat(task.at("/data-file/record-count").asLong()).isEqualTo(10);

        String id = planned.path("plan-id").asString();
        JsonNode again = admin.get(path + "/plan/" + id).json();
        assertThat(again.propertyNames()).containsExactly("status", "file-scan-tasks");
        assertThat(again.path("file-scan-tasks")).isEqualTo(planned.path("file-scan-tasks"));
        assertThat(files(admin.post(path + "/tasks", "{\"plan-task\": \"" + id + "/0\"}")
                        .json()))
                .containsExactlyInAnyOrder("2", "3", "4");
        assertThat(admin.delete(path + "/plan/" + id).status()).isEqualTo(204);
        assertRefused(admin.delete(path + "/plan/" + id), 404, "NoSuchPlanIdException");
        assertRefused(admin.get(path + "/plan/" + id), 404, "NoSuchPlanIdException");
        assertRefused(admin.post(path + "/tasks", "{\"plan-task\": \"" + id + "/0\"}"), 404, "NoSuchPlanTaskException");

        assertThat(files(plan("{\"snapshot-id\": " + first + "}").json())).containsExactlyInAnyOrder("0", "1", "2");
        assertThat(files(plan("{\"start-snapshot-id\": %d, \"end-snapshot-id\": %d}".formatted(first, second))
                        .json()))
                .containsExactlyInAnyOrder("3", "4");
        assertThat(files(
                        plan("{\"filter\": {\"type\": \"eq\", \"term\": \"N\", \"value\": 1}, \"case-sensitive\": false}")
                                .json()))
                .containsExactly("1");
    }

    @Test
    void aLargePlanIsAnsweredInParts() {
        append(0, 12_000);
        append(12_000, 12_500);
        JsonNode planned = plan("{}").json();
        List<String> rest = new ArrayList<>(tasks(planned));
        assertThat(rest).isNotEmpty();
        assertThat(files(planned)).hasSizeBetween(500, 5_000);

        List<String> found = new ArrayList<>(files(planned));
        while (!rest.isEmpty()) {
            JsonNode more = admin.post(path + "/tasks", "{\"plan-task\": \"" + rest.removeFirst() + "\"}")
                    .json();
            assertThat(files(more)).hasSizeLessThanOrEqualTo(5_000);
            found.addAll(files(more));
            rest.addAll(tasks(more));
        }

        assertThat(found).hasSize(12_500);
        Set<String> different = new HashSet<>(found);
        assertThat(different).hasSize(12_500);
        JsonNode few = plan("{\"min-rows-requested\": 100}").json();
        assertThat(tasks(few)).isEmpty();
        assertThat(files(few)).hasSizeBetween(10, 5_000);
        assertThat(tasks(plan("{\"filter\": {\"type\": \"eq\", \"term\": \"n\", \"value\": 12200}}")
                        .json()))
                .isEmpty();
    }

    @Test
    void whoSeesAPartIsRefused() {
        append(0, 2);
        String id = plan("{}").json().path("plan-id").asString();
        LimitedUser limited = LimitedUser.of(server).reads(name, List.of("n"), null);
        LimitedUser whole = LimitedUser.of(server).reads(name, List.of(), null);
        String at = "/iceberg/v1/iceberg" + path;
        assertRefused(limited.post(at + "/plan", "{}"), 403, "ForbiddenException");
        assertRefused(limited.get(at + "/plan/" + id), 403, "ForbiddenException");
        assertRefused(limited.post(at + "/tasks", "{\"plan-task\": \"" + id + "/0\"}"), 403, "ForbiddenException");
        assertThat(whole.post(at + "/plan", "{}").status()).isEqualTo(200);
        assertThat(whole.get(at + "/plan/" + id).status()).isEqualTo(200);
        assertRefused(LimitedUser.of(server).post(at + "/plan", "{}"), 404, "NoSuchTableException");
    }

    @Test
    void whatCannotBePlannedIsRefused() {
        long snapshot = append(0, 2);
        for (String nonsense : List.of(
                "{\"snapshot-id\": 7}",
                "{\"start-snapshot-id\": 7}",
                "{\"start-snapshot-id\": 7, \"end-snapshot-id\": " + snapshot + "}",
                "{\"snapshot-id\": %d, \"start-snapshot-id\": %d, \"end-snapshot-id\": %d}"
                        .formatted(snapshot, snapshot, snapshot),
                "{\"filter\": {\"type\": \"eq\", \"term\": \"missing\", \"value\": 1}}",
                "{\"filter\": {\"type\": \"eq\", \"term\": \"N\", \"value\": 1}}",
                "{\"filter\": {\"type\": \"eq\", \"term\": \"n\", \"value\": \"x\"}}",
                "{\"filter\": null}",
                "{\"min-rows-requested\": -1}",
                "[]")) {
            Reply reply = admin.post(path + "/plan", nonsense);
            assertThat(reply.status()).as(nonsense + reply).isEqualTo(400);
        }
        assertRefused(
                admin.post("/namespaces/" + name.split("\\.", -1)[1] + "/tables/none/plan", "{}"),
                404,
                "NoSuchTableException");
        String id = plan("{}").json().path("plan-id").asString();
        for (String task : List.of(
                "", "x", id, id + "/1", id + "/0/5/0", id + "/999999999", id.replace(id.charAt(0), 'f') + "/0")) {
            assertRefused(
                    admin.post(path + "/tasks", "{\"plan-task\": \"" + task + "\"}"), 404, "NoSuchPlanTaskException");
        }
        assertThat(admin.post(path + "/tasks", "{}").status()).isEqualTo(400);
        assertRefused(admin.get(path + "/plan/x"), 404, "NoSuchPlanIdException");
        assertRefused(admin.delete(path + "/plan/x"), 404, "NoSuchPlanIdException");
    }
}
