package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Files;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Comparators;
import org.jspecify.annotations.Nullable;

/** What Iceberg itself makes of a table's data files. */
final class PartitionValues {
    private PartitionValues() {}

    /** Every row belongs to the partition of its file, by Iceberg's own transforms. */
    static int check(BaseTable table) {
        int rows = 0;
        for (FileScanTask task : tasks(table)) {
            PartitionKey key = new PartitionKey(task.spec(), table.schema());
            InternalRecordWrapper internal =
                    new InternalRecordWrapper(table.schema().asStruct());
            for (Record row : rows(table, task)) {
                key.partition(internal.wrap(row));
                boolean equal = Comparators.forType(task.spec().partitionType()).compare(key, task.partition()) == 0;
                assertThat(equal)
                        .as("%s of %s is in the file of %s", key, row, task.partition())
                        .isTrue();
                rows++;
            }
        }
        return rows;
    }

    static List<FileScanTask> tasks(BaseTable table) {
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> planned =
                table.newScan().includeColumnStats().planFiles()) {
            planned.forEach(task -> tasks.add(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tasks;
    }

    static List<Record> rows(BaseTable table, FileScanTask task) {
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> read = Parquet.read(
                        Files.localInput(task.file().location().substring("file:".length())))
                .project(table.schema())
                .createReaderFunc(type -> GenericParquetReaders.buildReader(table.schema(), type))
                .build()) {
            read.forEach(rows::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** A file's partition as text, a value each. */
    static List<@Nullable String> text(FileScanTask task) {
        List<@Nullable String> values = new ArrayList<>();
        PartitionData partition = (PartitionData) task.file().partition();
        for (int i = 0; i < partition.size(); i++) {
            Object value = partition.get(i, Object.class);
            values.add(value == null ? null : value.toString());
        }
        return values;
    }
}
