package dev.tarn.upkeep;

import dev.tarn.jobs.Job;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * Something that is, was or will be done for a table.
 *
 * @param table its full name, as it was when this was asked for
 * @param by who asked for it; {@code tarn} when nobody had to
 * @param why a sentence, when the server decided
 * @param fraction how far it is, 0 to 1, while it runs
 * @param result what came of it, in numbers by name, once it has completed
 */
public record UpkeepJob(
        UUID id,
        String table,
        UpkeepTask task,
        String by,
        Optional<String> why,
        Job.State state,
        OptionalDouble fraction,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Map<String, Object>> result,
        Optional<Job.Failure> failure) {

    static UpkeepJob of(Job job) {
        UpkeepPayload payload = UpkeepPayload.of(job);
        return new UpkeepJob(
                job.id(),
                payload.table(),
                payload.task(),
                job.owner().userName(),
                payload.why(),
                job.state(),
                job.state() == Job.State.RUNNING ? job.fraction() : OptionalDouble.empty(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.state() == Job.State.COMPLETED ? job.result().map(UpkeepPayload::numbers) : Optional.empty(),
                job.state().isOver() ? job.failure() : Optional.empty());
    }

    /** Why it did not complete, as an answer to who waits for it. */
    public Optional<TarnException> refusal() {
        return failure.map(why -> new TarnException(
                        ErrorCode.valueOf(why.code().toUpperCase(Locale.ROOT)), why.detail())
                .with("job_id", id.toString()));
    }
}
