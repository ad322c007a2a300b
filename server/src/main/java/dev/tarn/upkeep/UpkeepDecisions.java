package dev.tarn.upkeep;

import dev.tarn.jobs.Job;
import dev.tarn.jobs.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What would be done for a table by itself: what its policy lets be done, and its health calls for.
 *
 * @param changedAt when its newest version was made
 * @param done what was done for it before, newest first
 */
record UpkeepDecisions(TableHealth health, UpkeepPolicy policy, Instant changedAt, List<UpkeepJob> done, Instant now) {
    /** Versions are trimmed when so many more have come: not with each commit. */
    private static final double TRIMMED_WITH = 1.1;

    private static final Duration EXPIRY_PAUSE = Duration.ofHours(6);
    /** What tags and branches hold stays, so that trimming may change nothing. */
    private static final Duration TRIMMING_PAUSE = Duration.ofMinutes(10);

    private static final Duration FAILURE_PAUSE = Duration.ofHours(1);
    /** Versions are a while over their age before they go, so that one expiry takes many. */
    private static final Duration OVERDUE = Duration.ofHours(12);

    private static final Duration USUAL_AGE = Duration.ofDays(5);

    /**
     * Something to be done.
     *
     * @param why a sentence
     * @param saved work of a full scan that is saved, in bytes that are read
     * @param cost bytes that are read for it
     */
    record Decision(UpkeepTask task, String why, double saved, double cost) {
        /** What pays most comes first. */
        double worth() {
            return saved / Math.max(1, cost);
        }
    }

    /** None at a quiet time, or while something is done already. */
    List<Decision> all() {
        boolean busy = done.stream().anyMatch(job -> !job.state().isOver());
        if (busy || !policy.is(PolicySetting.ENABLED) || !isTime()) {
            return List.of();
        }
        List<Decision> decisions = new ArrayList<>();
        compaction().ifPresent(decisions::add);
        expiry().ifPresent(decisions::add);
        manifests().ifPresent(decisions::add);
        orphans().ifPresent(decisions::add);
        return decisions;
    }

    private boolean isTime() {
        ZoneId zone = ZoneId.of(policy.text(PolicySetting.ZONE).orElse("UTC"));
        LocalTime time = now.atZone(zone).toLocalTime();
        Optional<LocalTime> from = policy.text(PolicySetting.QUIET_FROM).map(LocalTime::parse);
        Optional<LocalTime> to = policy.text(PolicySetting.QUIET_TO).map(LocalTime::parse);
        if (from.isPresent() && to.isPresent() && isWithin(time, from.get(), to.get())) {
            return false;
        }
        Instant last = done.isEmpty() ? Instant.EPOCH : done.getFirst().createdAt();
        return policy.text(PolicySetting.SCHEDULE)
                .map(cron -> new Timing(cron, zone))
                .map(timing -> hasCome(timing, last))
                .orElse(true);
    }

    private static boolean isWithin(LocalTime time, LocalTime from, LocalTime to) {
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to); // over midnight
    }

    /** Whether a time of the schedule came in the last hour, and nothing was begun since. */
    private boolean hasCome(Timing timing, Instant last) {
        Instant hourAgo = now.minus(Duration.ofHours(1));
        return timing.after(last.isAfter(hourAgo) ? last : hourAgo)
                .filter(fire -> !fire.at().isAfter(now))
                .isPresent();
    }

    private Optional<Decision> compaction() {
        TableHealth.Files files = health.files();
        TableHealth.Deletes deletes = health.deletes();
        long enough = policy.count(PolicySetting.COMPACT_SMALL_FILES).orElseThrow();
        boolean small = files.small() >= enough;
        // How many rows an equality delete takes nobody knows without reading, and every scan looks at all of them.
        boolean equal = deletes.equalityFiles() >= enough;
        boolean deleted = equal
                || (deletes.files() > 0
                        && deletes.ratio()
                                >= policy.ratio(PolicySetting.COMPACT_DELETE_RATIO)
                                        .orElseThrow());
        UpkeepTask task = new UpkeepTask.Compact("binpack", equal ? Recommendation.ALL_DELETES : Map.of());
        if (!policy.is(PolicySetting.COMPACT) || !(small || deleted) || !isNew(task)) {
            return Optional.empty();
        }
        TableHealth.Saving saving = health.saving();
        String why = small
                ? "%d of %d data files are small: %d fewer hold the same rows and save about %.0f %% of the work of a scan"
                        .formatted(files.small(), files.count(), saving.files(), 100 * saving.scanShare())
                : "%d delete files are read with every scan, and %.0f %% of the rows are deleted"
                        .formatted(deletes.files(), 100 * deletes.ratio());
        double cost = TableHealth.scanWork((double) saving.rewrittenBytes(), files.small());
        return Optional.of(new Decision(task, why, health.savedWork(), cost));
    }

    /** Whether a table has so many versions that some go whatever their age. */
    static boolean isTrimmed(UpkeepPolicy policy, long versions) {
        return versions > policy.count(PolicySetting.EXPIRE_MOST_VERSIONS).orElseThrow() * TRIMMED_WITH;
    }

    private Instant oldestAt() {
        return health.oldestSnapshotAt().orElse(now);
    }

    private Optional<Decision> expiry() {
        if (!policy.is(PolicySetting.EXPIRE)) {
            return Optional.empty();
        }
        long most = policy.count(PolicySetting.EXPIRE_MOST_VERSIONS).orElseThrow();
        if (isTrimmed(policy, health.snapshotCount())) {
            if (!hasPaused("expire", TRIMMING_PAUSE)) {
                return Optional.empty();
            }
            UpkeepTask task = new UpkeepTask.Expire(Math.toIntExact(Math.min(most, Integer.MAX_VALUE)), null, false);
            return wanted(
                    task, "%d versions are kept, and %d are to be at most".formatted(health.snapshotCount(), most));
        }
        Optional<Long> days = policy.count(PolicySetting.EXPIRE_AFTER_DAYS);
        Duration age = days.map(Duration::ofDays).orElse(USUAL_AGE);
        boolean overdue = oldestAt().isBefore(now.minus(age).minus(OVERDUE));
        if (!overdue || health.snapshotCount() < 2 || !hasPaused("expire", EXPIRY_PAUSE)) {
            return Optional.empty();
        }
        int keep = Math.toIntExact(Math.min(
                Integer.MAX_VALUE,
                policy.count(PolicySetting.EXPIRE_KEEP_VERSIONS).orElseThrow()));
        UpkeepTask task = days.isPresent()
                ? new UpkeepTask.Expire(keep, now.minus(age), false)
                : new UpkeepTask.Expire(null, null, false);
        return wanted(task, "%d versions are kept, the oldest since %s".formatted(health.snapshotCount(), oldestAt()));
    }

    private Optional<Decision> manifests() {
        TableHealth.Files files = health.files();
        boolean many = files.manifests() > Recommendation.MANY_MANIFESTS && files.count() < 10 * files.manifests();
        return policy.is(PolicySetting.REWRITE_MANIFESTS) && many
                ? wanted(
                        new UpkeepTask.RewriteManifests(),
                        "%d manifests list %d files".formatted(files.manifests(), files.count()))
                : Optional.empty();
    }

    private Optional<Decision> orphans() {
        Duration pause = days(PolicySetting.ORPHAN_FILES_EVERY_DAYS);
        Instant old = now.minus(days(PolicySetting.ORPHAN_FILES_AFTER_DAYS));
        UpkeepTask task = new UpkeepTask.RemoveOrphans(old, false);
        // A table of today has no orphans that are old enough.
        boolean due = oldestAt().isBefore(old)
                || done.stream().anyMatch(job -> job.createdAt().isBefore(old));
        return policy.is(PolicySetting.REMOVE_ORPHAN_FILES) && due && hasPaused(task.operation(), pause)
                ? Optional.of(new Decision(
                        task,
                        "files that no version has were not looked for in %d days".formatted(pause.toDays()),
                        0,
                        1))
                : Optional.empty();
    }

    private Duration days(PolicySetting count) {
        return Duration.ofDays(policy.count(count).orElseThrow());
    }

    private Optional<Decision> wanted(UpkeepTask task, String why) {
        return isNew(task) ? Optional.of(new Decision(task, why, 0, 1)) : Optional.empty();
    }

    /** What has changed nothing, or failed, is not tried again before there is a reason. */
    private boolean isNew(UpkeepTask task) {
        Optional<UpkeepJob> last = last(task.operation());
        boolean failed = last.filter(job -> job.state() != Job.State.COMPLETED).isPresent();
        boolean sawThis = last.filter(job -> job.createdAt().isAfter(changedAt)).isPresent();
        return !sawThis && (!failed || hasPaused(task.operation(), FAILURE_PAUSE));
    }

    private Optional<UpkeepJob> last(String operation) {
        return done.stream()
                .filter(job -> job.task().operation().equals(operation))
                .findFirst();
    }

    private boolean hasPaused(String operation, Duration pause) {
        return last(operation)
                .map(job -> job.createdAt().isBefore(now.minus(pause)))
                .orElse(true);
    }
}
