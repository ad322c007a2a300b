package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.api.PathId;
import dev.tarn.api.SentOptions;
import dev.tarn.api.drls.DoneOperations.Done;
import dev.tarn.catalog.TableName;
import dev.tarn.upkeep.Upkeep;
import dev.tarn.upkeep.UpkeepJob;
import dev.tarn.upkeep.UpkeepTask;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * What is done for a table. Each is a job; the answer comes when it has ended, and the job goes on when nobody waits any more.
 */
@RestController
class DrlsOperationsController {
    private final Upkeep upkeep;
    private final DrlsNames names;
    private final DoneOperations operations;

    DrlsOperationsController(Upkeep upkeep, DrlsNames names, DoneOperations operations) {
        this.upkeep = upkeep;
        this.names = names;
        this.operations = operations;
    }

    /** @param options by Spark's names: texts, numbers, booleans, and lists of these */
    record Compaction(
            @Nullable String table,
            @Nullable String strategy,
            @Nullable Map<String, JsonNode> options) {}

    /** @param olderThan ISO 8601 or milliseconds since 1970 */
    record Expiry(
            @Nullable String table,
            @Nullable Integer retainLast,
            @Nullable JsonNode olderThan,
            @Nullable Boolean dryRun) {}

    /** @param olderThan ISO 8601 or milliseconds since 1970 */
    record OrphanRemoval(
            @Nullable String table,
            @Nullable JsonNode olderThan,
            @Nullable Boolean dryRun) {}

    @PostMapping("/api/compact")
    Done compact(Caller caller, @RequestBody Compaction wanted) {
        return done(
                caller,
                wanted.table(),
                new UpkeepTask.Compact(
                        Wanted.optional(wanted.strategy()).orElse("binpack"), SentOptions.texts(wanted.options())));
    }

    @PostMapping("/api/expire")
    Done expire(Caller caller, @RequestBody Expiry wanted) {
        Instant olderThan = Moments.optional("older_than", wanted.olderThan()).orElse(null);
        return done(
                caller,
                wanted.table(),
                new UpkeepTask.Expire(wanted.retainLast(), olderThan, Boolean.TRUE.equals(wanted.dryRun())));
    }

    @PostMapping("/api/remove-orphan-files")
    Done removeOrphans(Caller caller, @RequestBody OrphanRemoval wanted) {
        Instant olderThan = Moments.optional("older_than", wanted.olderThan()).orElse(null);
        return done(
                caller, wanted.table(), new UpkeepTask.RemoveOrphans(olderThan, Boolean.TRUE.equals(wanted.dryRun())));
    }

    private Done done(Caller caller, @Nullable String table, UpkeepTask task) {
        String sent = Wanted.text("table", table);
        UpkeepJob job = upkeep.run(caller, names.own(caller, sent), task);
        return operations.of(task.operation(), sent, details(job));
    }

    private static Map<String, Object> details(UpkeepJob job) {
        Map<String, Object> details = new LinkedHashMap<>(job.result().orElse(Map.of()));
        details.put("job_id", job.id());
        return details;
    }

    /**
     * A job as it stands; ours in the contract's style.
     *
     * @param progress 0 to 1, while it runs
     * @param detailsJson what came of it, once it has completed
     * @param error why it failed
     */
    record ShownJob(
            boolean success,
            String jobId,
            String operation,
            String table,
            String status,
            @Nullable Double progress,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable String detailsJson,
            @Nullable String error) {}

    @GetMapping("/api/jobs/{id}")
    ShownJob job(Caller caller, @PathVariable("id") String id) {
        UpkeepJob job = upkeep.find(caller, PathId.of("job", id));
        Optional<String> detailsJson = job.result().map(any -> operations.json(details(job)));
        return new ShownJob(
                true,
                job.id().toString(),
                job.task().operation(),
                DrlsNames.shown(TableName.parse(job.table())),
                job.state().text(),
                job.fraction().isPresent() ? job.fraction().getAsDouble() : null,
                job.createdAt(),
                job.startedAt().orElse(null),
                job.finishedAt().orElse(null),
                detailsJson.orElse(null),
                job.failure().map(failure -> failure.detail()).orElse(null));
    }
}
