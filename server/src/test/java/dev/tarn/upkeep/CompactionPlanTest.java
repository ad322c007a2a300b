package dev.tarn.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.FileRewrites.RowOrder;
import dev.tarn.upkeep.CompactionPlan.Batch;
import dev.tarn.upkeep.CompactionPlan.JobOrder;
import dev.tarn.upkeep.CompactionPlan.OneFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which files are compacted, and which of them together. */
class CompactionPlanTest {
    private static final long MB = 1L << 20;

    private static CompactionOptions options(long groupBytes, boolean all, JobOrder order) {
        return new CompactionOptions(
                100 * MB,
                75 * MB,
                180 * MB,
                5,
                groupBytes,
                3,
                0.3,
                all,
                true,
                order,
                new RowOrder.Any(),
                Optional.empty());
    }

    private static OneFile<String> file(String name, String partition, long megabytes) {
        return new OneFile<>(name, Optional.of(partition), megabytes * MB, 1_000, 0, 0);
    }

    private static List<List<String>> plan(CompactionOptions options, List<OneFile<String>> files) {
        return CompactionPlan.of(files, options).stream().map(Batch::sources).toList();
    }

    private static final CompactionOptions USUAL = options(1_000 * MB, false, JobOrder.NONE);

    @Test
    void fewSmallFilesStayUnlessTheyFillALargeOne() {
        List<OneFile<String>> files = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            files.add(file("a" + i, "a", 1));
            files.add(file("b" + i, "b", 60));
        }
        files.add(file("c", "c", 10));
        assertThat(plan(USUAL, files)).containsExactly(List.of("b0", "b1", "b2", "b3"));
        files.add(file("a4", "a", 1));
        assertThat(CompactionPlan.of(files, USUAL))
                .singleElement()
                .satisfies(batch -> assertThat(batch.groups()).isEqualTo(2));
    }

    @Test
    void filesOfTheRightSizeStayAndLargeOnesAreSplit() {
        assertThat(plan(USUAL, List.of(file("right", "a", 100), file("large", "a", 181), file("edge", "a", 75))))
                .containsExactly(List.of("large"));
    }

    @Test
    void deletesAndEarlierPartitioningsAreReasonEnough() {
        OneFile<String> ratio = new OneFile<>("ratio", Optional.of("a"), 100 * MB, 1_000, 1, 300);
        OneFile<String> few = new OneFile<>("few", Optional.of("a"), 100 * MB, 1_000, 2, 299);
        OneFile<String> many = new OneFile<>("many", Optional.of("b"), 100 * MB, 1_000, 3, 3);
        OneFile<String> old = new OneFile<>("old", Optional.empty(), 100 * MB, 1_000, 0, 0);
        assertThat(plan(USUAL, List.of(ratio, few, many, old))).containsExactly(List.of("ratio", "many", "old"));
    }

    @Test
    void groupsAreNoLargerThanTheyMayBeAndSmallOnesShareACommit() {
        List<OneFile<String>> files = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            files.add(file("f" + i, "a", 50));
        }
        List<Batch<String>> batches = CompactionPlan.of(files, options(300 * MB, false, JobOrder.NONE));
        assertThat(batches).extracting(batch -> batch.files().size()).containsExactly(6, 6, 6);
        assertThat(CompactionPlan.of(files, options(325 * MB, true, JobOrder.NONE)))
                .extracting(Batch::groups)
                .containsExactly(1, 1, 2);
        List<OneFile<String>> partitions = new ArrayList<>();
        for (int partition = 0; partition < 450; partition++) {
            for (int i = 0; i < 5; i++) {
                partitions.add(file(partition + "." + i, "p" + partition, 0));
            }
        }
        assertThat(CompactionPlan.of(partitions, USUAL))
                .extracting(Batch::groups)
                .containsExactly(200, 200, 50);
    }

    @Test
    void allIsAllAndTheOrderIsAsWanted() {
        List<OneFile<String>> files = List.of(file("a", "a", 100), file("b", "b", 700), file("c", "c", 400));
        assertThat(plan(options(1_000 * MB, true, JobOrder.BYTES_DESC), files))
                .containsExactly(List.of("b"), List.of("c", "a"));
        assertThat(plan(options(1_000 * MB, true, JobOrder.BYTES_ASC), files))
                .containsExactly(List.of("a", "c"), List.of("b"));
        assertThat(plan(USUAL, List.of())).isEmpty();
    }
}
