package dev.tarn.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the server did by itself in the last 24 hours, against what a policy lets it do. A limit that is said in a wide place is one
 * of all tables that it holds for, since each of them is asked with what was done for all.
 *
 * @param done by the server itself in the tenant, newest first
 */
record UpkeepBudget(List<UpkeepJob> done, Instant now) {
    private static final Duration DAY = Duration.ofDays(1);

    /** Whether a table's policy lets something be begun. */
    boolean allows(UpkeepPolicy policy, UpkeepDecisions.Decision decision) {
        boolean bytes = policy.count(PolicySetting.BYTES_PER_DAY)
                .map(most -> !(decision.task() instanceof UpkeepTask.Compact) || rewritten() + decision.cost() <= most)
                .orElse(true);
        boolean seconds = policy.count(PolicySetting.SECONDS_PER_DAY)
                .map(most -> seconds() < most)
                .orElse(true);
        return bytes && seconds;
    }

    private double rewritten() {
        return recent().stream()
                .flatMap(job -> job.result().stream())
                .map(result -> result.get("rewritten_bytes"))
                .filter(Number.class::isInstance)
                .mapToDouble(bytes -> ((Number) bytes).doubleValue())
                .sum();
    }

    private long seconds() {
        return recent().stream()
                .filter(job -> job.startedAt().isPresent())
                .mapToLong(job -> Duration.between(
                                job.startedAt().get(), job.finishedAt().orElse(now))
                        .toSeconds())
                .sum();
    }

    private List<UpkeepJob> recent() {
        return done.stream()
                .filter(job -> job.createdAt().isAfter(now.minus(DAY)))
                .toList();
    }
}
