package dev.tarn.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.catalog.TableShape.Sort;
import dev.tarn.catalog.TableShape.Transform;
import dev.tarn.engine.FileRewrites.RowOrder;
import dev.tarn.platform.TarnException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of a compaction. */
class CompactionOptionsTest {
    private static final Schema SCHEMA = new Schema(
            NestedField.optional(1, "id", Types.LongType.get()),
            NestedField.optional(2, "Say \"x\", y", Types.StringType.get()),
            NestedField.optional(3, "tags", Types.ListType.ofOptional(4, Types.StringType.get())));

    private static Table table(SortOrder order) {
        return new BaseTable(
                new StaticTableOperations(
                        TableMetadata.newTableMetadata(
                                SCHEMA, PartitionSpec.unpartitioned(), order, "memory:/t", Map.of()),
                        new InMemoryFileIO()),
                "t");
    }

    private static CompactionOptions read(String strategy, SortOrder order, String... options) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return CompactionOptions.of(new UpkeepTask.Compact(strategy, all), table(order), 1_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "binpack | shuffle-partitions-per-file | 2 | shuffle-partitions-per-file is no option of compaction here; there are columns, delete-file-threshold, delete-ratio-threshold, max-file-group-size-bytes, max-file-size-bytes, min-file-size-bytes, min-input-files, partial-progress.enabled, remove-dangling-deletes, rewrite-all, rewrite-job-order, sort_order, target-file-size-bytes, use-starting-sequence-number, where",
                "binpack | max-concurrent-file-group-rewrites | 2 | max-concurrent-file-group-rewrites is no option",
                "binpack | output-spec-id | 0 | output-spec-id is no option",
                "binpack | partial-progress.enabled | false | partial-progress.enabled can be true alone",
                "binpack | use-starting-sequence-number | false | use-starting-sequence-number can be true alone",
                "binpack | target-file-size-bytes | 1MB | target-file-size-bytes must be a whole number of at least 1, and not 1MB",
                "binpack | target-file-size-bytes | 0 | must be a whole number of at least 1",
                "binpack | min-file-size-bytes | 1000 | min-file-size-bytes (1000) must be below target-file-size-bytes (1000)",
                "binpack | max-file-size-bytes | 1000 | max-file-size-bytes (1000) above it",
                "binpack | min-input-files | -1 | min-input-files must be a whole number",
                "binpack | delete-ratio-threshold | 1.5 | above 0 and at most 1",
                "binpack | rewrite-all | yes | rewrite-all must be true or false, and not yes",
                "binpack | rewrite-job-order | up | rewrite-job-order must be none, bytes-asc",
                "binpack | columns | id | columns and sort_order are for the strategies sort and zorder",
                "fast | rewrite-all | true | fast is no strategy of compaction; there are binpack, sort and zorder",
                "sort | rewrite-all | true | The table has no sort order of its own",
                "sort | sort_order | nothing | The table has no column nothing",
                "sort | sort_order | id DOWN | cannot be read: sort_order is as in",
                "sort | sort_order | id, | cannot be read",
                "sort | sort_order | tags | Rows cannot be ordered by tags",
                "sort | columns | id, ID | A column is named twice",
                "zorder | rewrite-all | true | zorder needs columns",
                "zorder | sort_order | id | sort_order is for the strategy sort",
                "zorder | columns | id desc | cannot be read: columns are names"
            })
    void isRefusedInWords(String strategy, String option, String value, String words) {
        assertThatThrownBy(() -> read(strategy, SortOrder.unsorted(), option, value))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining(words);
    }

    @Test
    void whatNobodySaysIsAsInSpark() {
        CompactionOptions options = read("binpack", SortOrder.unsorted());
        assertThat(options.targetBytes()).isEqualTo(1_000);
        assertThat(options.minFileBytes()).isEqualTo(750);
        assertThat(options.maxFileBytes()).isEqualTo(1_800);
        assertThat(options.minInputFiles()).isEqualTo(5);
        assertThat(options.deleteFileThreshold()).isEqualTo(Integer.MAX_VALUE);
        assertThat(options.deleteRatioThreshold()).isEqualTo(0.3);
        assertThat(options.order()).isEqualTo(new RowOrder.Any());
    }

    @Test
    void theOrderIsTheGivenOneOrTheTables() {
        SortOrder own = SortOrder.builderFor(SCHEMA).desc("id").build();
        assertThat(read("sort", own).order())
                .isEqualTo(new RowOrder.Sorted(List.of(new Sort(identity("id"), true, false))));
        assertThat(read("sort", own, "sort_order", " ID asc nulls last , \"say \"\"X\"\", y\" DESC")
                        .order())
                .isEqualTo(new RowOrder.Sorted(List.of(
                        new Sort(identity("id"), false, false), new Sort(identity("Say \"x\", y"), true, false))));
        assertThat(read("sort", own, "columns", "id").order())
                .isEqualTo(new RowOrder.Sorted(List.of(new Sort(identity("id"), false, true))));
        assertThat(read("zorder", own).order()).isEqualTo(new RowOrder.Near(List.of("id")));
        assertThat(read("zorder", own, "columns", "id,\"Say \"\"x\"\", y\"").order())
                .isEqualTo(new RowOrder.Near(List.of("id", "Say \"x\", y")));
    }

    private static Transform identity(String column) {
        return new Transform(List.of(column), "identity", 0);
    }
}
