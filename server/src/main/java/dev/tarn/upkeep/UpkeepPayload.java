package dev.tarn.upkeep;

import dev.tarn.jobs.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a job of upkeep knows.
 *
 * @param table its full name
 * @param uuid which table of that name was meant
 * @param why a sentence, when the server decided
 */
record UpkeepPayload(String table, String uuid, UpkeepTask task, Optional<String> why) {
    /** ASCII, whatever a condition has in it: neither database takes every text as it is. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final List<Class<? extends UpkeepTask>> TASKS = List.of(
            UpkeepTask.Compact.class,
            UpkeepTask.Expire.class,
            UpkeepTask.RemoveOrphans.class,
            UpkeepTask.RewriteManifests.class,
            UpkeepTask.Erase.class);

    private record Stored(
            String table,
            String uuid,
            String kind,
            JsonNode task,
            @Nullable String why) {}

    String json() {
        return JSON.writeValueAsString(
                new Stored(table, uuid, task.getClass().getSimpleName(), JSON.valueToTree(task), why.orElse(null)));
    }

    static UpkeepPayload of(Job job) {
        Stored stored = JSON.readValue(job.payload(), Stored.class);
        Class<? extends UpkeepTask> kind = TASKS.stream()
                .filter(task -> task.getSimpleName().equals(stored.kind()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No task is called " + stored.kind()));
        return new UpkeepPayload(
                stored.table(),
                stored.uuid(),
                JSON.treeToValue(stored.task(), kind),
                Optional.ofNullable(stored.why()));
    }

    static String json(Map<String, Object> numbers) {
        return JSON.writeValueAsString(numbers);
    }

    static Map<String, Object> numbers(String result) {
        return JSON.readValue(result, new TypeReference<>() {});
    }
}
