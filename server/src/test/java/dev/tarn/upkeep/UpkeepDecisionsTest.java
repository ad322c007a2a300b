package dev.tarn.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When a table is looked after by itself, and when it is left alone. */
class UpkeepDecisionsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final long MB = 1L << 20;

    private long files = 1;
    private long small;
    private long deletes;
    private long positions;
    private long equality;
    private int versions = 1;
    private Instant changedAt = NOW.minusSeconds(60);
    private Instant oldestAt = NOW.minusSeconds(3600);
    private final List<UpkeepJob> done = new ArrayList<>();
    private Map<String, ?> policy = Map.of();

    @Test
    void aTableInGoodHealthIsLeftAlone() {
        assertThat(decided()).isEmpty();
    }

    @Test
    void smallFilesArePutTogetherWhenThereAreEnough() {
        files = 19;
        small = 19;
        assertThat(decided()).isEmpty();
        files = 20;
        small = 20;
        assertThat(decided()).containsExactly("compact");
        assertThat(decisions().all().getFirst().why()).startsWith("20 of 20 data files are small: 19 fewer");
        policy = Map.of("compact", false);
        assertThat(decided()).isEmpty();
        policy = Map.of("compact_small_files", 21);
        assertThat(decided()).isEmpty();
    }

    @Test
    void deletedRowsAreReasonEnough() {
        deletes = 1;
        positions = 200;
        assertThat(decided()).isEmpty();
        positions = 300;
        assertThat(decided()).containsExactly("compact");
        policy = Map.of("compact_delete_ratio", 0.5);
        assertThat(decided()).isEmpty();
    }

    @Test
    void manyEqualityDeletesGoWithAllFilesThatHaveSome() {
        deletes = 19;
        equality = 19;
        assertThat(decided()).isEmpty();
        deletes = 20;
        equality = 20;
        assertThat(decisions().all())
                .singleElement()
                .extracting(UpkeepDecisions.Decision::task)
                .isEqualTo(new UpkeepTask.Compact("binpack", Map.of("delete-file-threshold", "1")));
    }

    @Test
    void versionsGoByAgeAndByNumber() {
        versions = 3;
        oldestAt = NOW.minus(Duration.ofDays(5));
        policy = Map.of("remove_orphan_files", false);
        assertThat(decided()).isEmpty();
        oldestAt = NOW.minus(Duration.ofDays(6));
        assertThat(decisions().all())
                .singleElement()
                .extracting(UpkeepDecisions.Decision::task)
                .isEqualTo(new UpkeepTask.Expire(null, null, false));
        policy = Map.of("remove_orphan_files", false, "expire_after_days", 2, "expire_keep_versions", 2);
        assertThat(decisions().all())
                .singleElement()
                .extracting(UpkeepDecisions.Decision::task)
                .isEqualTo(new UpkeepTask.Expire(2, NOW.minus(Duration.ofDays(2)), false));
        done.add(job(new UpkeepTask.Expire(null, null, false), Job.State.COMPLETED, NOW.minusSeconds(3600)));
        assertThat(decided()).isEmpty();
        versions = 1_101;
        assertThat(decisions().all())
                .singleElement()
                .extracting(UpkeepDecisions.Decision::task)
                .isEqualTo(new UpkeepTask.Expire(1_000, null, false));
        done.set(0, job(new UpkeepTask.Expire(1_000, null, false), Job.State.COMPLETED, changedAt.minusSeconds(1)));
        assertThat(decided()).as("tags may hold them all").isEmpty();
    }

    @Test
    void orphansAreLookedForOnceAWeek() {
        oldestAt = NOW.minus(Duration.ofDays(4));
        assertThat(decided()).containsExactly("remove_orphan_files");
        done.add(job(new UpkeepTask.RemoveOrphans(null, false), Job.State.COMPLETED, NOW.minus(Duration.ofDays(6))));
        assertThat(decided()).isEmpty();
        done.set(0, job(new UpkeepTask.RemoveOrphans(null, false), Job.State.COMPLETED, NOW.minus(Duration.ofDays(8))));
        oldestAt = NOW;
        assertThat(decided()).containsExactly("remove_orphan_files");
    }

    @Test
    void whatIsDoneOrHasJustFailedIsNotBegunAgain() {
        small = 100;
        files = 100;
        done.add(job(compact(), Job.State.RUNNING, NOW.minusSeconds(30)));
        assertThat(decided()).isEmpty();
        done.set(0, job(compact(), Job.State.COMPLETED, changedAt.plusSeconds(1)));
        assertThat(decided()).as("it saw this version").isEmpty();
        done.set(0, job(compact(), Job.State.COMPLETED, changedAt.minusSeconds(1)));
        assertThat(decided()).containsExactly("compact");
        done.set(0, job(compact(), Job.State.FAILED, changedAt.minusSeconds(1)));
        assertThat(decided()).as("it has just failed").isEmpty();
        done.set(0, job(compact(), Job.State.FAILED, NOW.minus(Duration.ofHours(2))));
        assertThat(decided()).containsExactly("compact");
    }

    @Test
    void quietTimesAndSchedulesHold() {
        small = 100;
        files = 100;
        policy = Map.of("quiet_from", "08:00", "quiet_to", "18:00");
        assertThat(decided()).isEmpty();
        policy = Map.of("quiet_from", "08:00", "quiet_to", "18:00", "zone", "Asia/Tokyo");
        assertThat(decided()).containsExactly("compact");
        policy = Map.of("quiet_from", "22:00", "quiet_to", "12:01");
        assertThat(decided()).as("over midnight").isEmpty();
        policy = Map.of("schedule", "0 3 * * *");
        assertThat(decided()).isEmpty();
        policy = Map.of("schedule", "30 11 * * *");
        assertThat(decided()).containsExactly("compact");
        policy = Map.of("enabled", false);
        assertThat(decided()).isEmpty();
    }

    @Test
    void aBudgetIsKept() {
        small = 100;
        files = 100;
        policy = Map.of("bytes_per_day", 100 * MB);
        UpkeepDecisions.Decision decision = decisions().all().getFirst();
        UpkeepPolicy limited = UpkeepPolicy.of(Map.of("bytes_per_day", 1_000 * MB));
        assertThat(new UpkeepBudget(List.of(), NOW).allows(limited, decision)).isTrue();
        UpkeepJob before = job(compact(), Job.State.COMPLETED, NOW.minusSeconds(7200));
        assertThat(new UpkeepBudget(List.of(before), NOW).allows(limited, decision))
                .isFalse();
        assertThat(new UpkeepBudget(List.of(before), NOW.plus(Duration.ofDays(1))).allows(limited, decision))
                .isTrue();
        UpkeepPolicy brief = UpkeepPolicy.of(Map.of("seconds_per_day", 60));
        assertThat(new UpkeepBudget(List.of(before), NOW).allows(brief, decision))
                .isFalse();
    }

    private static UpkeepTask compact() {
        return new UpkeepTask.Compact("binpack", Map.of());
    }

    private UpkeepJob job(UpkeepTask task, Job.State state, Instant at) {
        return new UpkeepJob(
                UUID.randomUUID(),
                "iceberg.shop.orders",
                task,
                "tarn",
                Optional.empty(),
                state,
                OptionalDouble.empty(),
                at,
                Optional.of(at),
                state.isOver() ? Optional.of(at.plusSeconds(90)) : Optional.empty(),
                Optional.of(Map.of("rewritten_bytes", 700 * MB)),
                Optional.empty());
    }

    private List<String> decided() {
        return decisions().all().stream()
                .map(decision -> decision.task().operation())
                .toList();
    }

    private UpkeepDecisions decisions() {
        long rows = 1_000;
        TableHealth health = new TableHealth(
                "iceberg.shop.orders",
                versions,
                Optional.of(oldestAt),
                256 * MB,
                new TableHealth.Files(files, files * MB, rows, small, 0, 1),
                new TableHealth.Deletes(deletes, equality, positions, (double) positions / rows),
                new TableHealth.Partitions(1, files * MB, files * MB, 1),
                List.of(),
                OptionalDouble.empty(),
                List.of(),
                new TableHealth.Growth(0, 0, 0, 0),
                new TableHealth.Saving(Math.max(0, small - 1), small * MB, 0.8),
                "");
        return new UpkeepDecisions(health, UpkeepPolicy.of(policy), changedAt, done, NOW);
    }
}
