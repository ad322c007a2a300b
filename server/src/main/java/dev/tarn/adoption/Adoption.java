package dev.tarn.adoption;

import dev.tarn.jobs.Job;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * An adoption as it stands.
 *
 * @param progress 0 to 1, while it runs
 * @param tables what it has found; none until it has looked at all of them
 */
public record Adoption(
        UUID id,
        WantedAdoption wanted,
        Job.State state,
        OptionalDouble progress,
        Instant createdAt,
        Optional<Instant> finishedAt,
        List<AdoptedTable> tables,
        Optional<Job.Failure> failure) {
    static Adoption of(Job job) {
        return new Adoption(
                job.id(),
                AdoptionJob.wanted(job),
                job.state(),
                job.state() == Job.State.RUNNING ? job.fraction() : OptionalDouble.empty(),
                job.createdAt(),
                job.finishedAt(),
                AdoptionJob.found(job).orElse(List.of()),
                job.failure().filter(any -> job.state().isOver()));
    }
}
