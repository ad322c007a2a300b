package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableShape;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.WrittenFile;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.storage.Warehouse;
import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.ChangeTask.FileLineage;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RewriteTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.util.StructLikeWrapper;

/** Writes files of a table anew, up to the commit: with the same rows and ids, in the partitions that the table has now. */
public final class FileRewrites {
    private static final int ROW_IDS_FROM = 3;

    private final Access access;
    private final Warehouse warehouse;
    private final WorkerPool workers;
    private final Path scratch;
    private final FilePlans plans = new FilePlans();

    FileRewrites(Access access, Warehouse warehouse, WorkerPool workers, Path scratch) {
        this.access = access;
        this.warehouse = warehouse;
        this.workers = workers;
        this.scratch = scratch;
    }

    /** In which order the rows stand in the new files. */
    public sealed interface RowOrder {
        /** As they come. */
        record Any() implements RowOrder {}

        /** By one column after the other. */
        record Sorted(List<TableShape.Sort> columns) implements RowOrder {
            public Sorted {
                columns = List.copyOf(columns);
            }
        }

        /** So that rows of a file are near each other in all of the columns at once. */
        record Near(List<String> columns) implements RowOrder {
            public Near {
                columns = List.copyOf(columns);
            }
        }
    }

    /**
     * Writes the files.
     *
     * @param table the version of the table that the files were planned on
     * @param write that they are for; whoever began it commits
     * @param progress is told how far it is, 0 to 1
     * @return the new files, none when no row is left
     * @throws TarnException {@code CONFLICT} when the table's columns changed since it was planned
     */
    public List<WrittenFile> write(
            Caller caller,
            ReadableTable table,
            TableWrite write,
            List<FileScanTask> tasks,
            RowOrder order,
            long targetFileBytes,
            Deadline deadline,
            Cancellation cancellation,
            DoubleConsumer progress) {
        access.require(caller, Verb.MANAGE, Resource.table(table.name().text()));
        if (!table.rights().isFull()) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The files of %s can be written anew by those alone who may read all of its rows and columns"
                            .formatted(table.name().text()));
        }
        if (write.existingSchema().orElseThrow().schemaId() != table.schema().schemaId()
                || !write.shape().equals(TableShape.of(table.table()))) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The columns or the partitioning of %s changed meanwhile; nothing was written, try again"
                            .formatted(table.name().text()));
        }
        List<FileScanTask> some =
                tasks.stream().filter(task -> task.file().recordCount() > 0).toList();
        if (some.isEmpty()) {
            return List.of();
        }
        Optional<FileScanTask> partition = onePartition(table, some);
        try (WorkerLease worker = workers.lease(deadline, cancellation);
                ScratchTables rows = new ScratchTables(scratch, cancellation)) {
            RewriteTask task = task(table, write, some, arrangement(write, partition, order), targetFileBytes, rows);
            Message.Materialized done = worker.call(
                    Message.Materialized.class,
                    id -> new Message.Rewrite(id, task),
                    part -> {
                        if (part instanceof Message.Progress(long _, double fraction, long _) && fraction >= 0) {
                            progress.accept(fraction);
                        }
                    },
                    failure -> WorkerFailures.translate(failure, null));
            List<WrittenFile> files = WorkerRows.files(done.files());
            return partition
                    .map(of -> files.stream().map(file -> in(of, file)).toList())
                    .orElse(files);
        }
    }

    private static WrittenFile in(FileScanTask partition, WrittenFile file) {
        return new WrittenFile(
                file.path(),
                file.rows(),
                file.bytes(),
                WrittenFile.partition(partition.spec(), partition.file().partition()));
    }

    /** A file of the partition that all are of, as the table is partitioned now: nothing has to be found out of their rows then. */
    private static Optional<FileScanTask> onePartition(ReadableTable table, List<FileScanTask> tasks) {
        PartitionSpec spec = table.table().spec();
        FileScanTask first = tasks.getFirst();
        StructLikeWrapper same = StructLikeWrapper.forType(spec.partitionType());
        if (spec.isUnpartitioned() || first.file().specId() != spec.specId()) {
            return Optional.empty();
        }
        StructLikeWrapper partition = same.copyFor(first.file().partition());
        boolean all = tasks.stream()
                .allMatch(task -> task.file().specId() == spec.specId()
                        && partition.equals(same.copyFor(task.file().partition())));
        return all ? Optional.of(first) : Optional.empty();
    }

    private static Arrangement arrangement(TableWrite write, Optional<FileScanTask> partition, RowOrder order) {
        List<Arrangement.Key> keys = partition.isPresent()
                ? List.of()
                : WorkerRows.arrangement(write).partition();
        return switch (order) {
            case RowOrder.Any() -> new Arrangement(keys, List.of());
            case RowOrder.Sorted(List<TableShape.Sort> columns) ->
                new Arrangement(keys, columns.stream().map(WorkerRows::key).toList());
            case RowOrder.Near(List<String> columns) ->
                new Arrangement(
                        keys,
                        List.of(),
                        columns.stream()
                                .map(column -> Arrangement.Key.partition(List.of(column), "identity"))
                                .toList());
        };
    }

    private RewriteTask task(
            ReadableTable table,
            TableWrite write,
            List<FileScanTask> tasks,
            Arrangement arrangement,
            long targetFileBytes,
            ScratchTables rows) {
        PlannedFiles files = PlannedFiles.of(table, tasks, warehouse, plans, rows);
        boolean ids =
                ((HasTableOperations) table.table()).operations().current().formatVersion() >= ROW_IDS_FROM;
        List<FileLineage> lineage = ids ? tasks.stream().map(RowModes::lineage).toList() : List.of();
        Path folder = arrangement.isNone() ? write.dataFolder() : write.ownFolder();
        MaterializeTask output = new MaterializeTask(
                folder.toString(),
                write.filePrefix(),
                targetFileBytes,
                WorkerRows.target(write),
                List.of(),
                arrangement);
        return new RewriteTask(
                QueryPlanner.source(
                        table.name(), table, table.name().namespaceText(), files, Optional.empty(), Optional.empty()),
                output,
                lineage,
                workers.memoryPerTask(),
                workers.threadsPerTask());
    }
}
