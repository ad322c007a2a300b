package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.FileRewrite;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableShape;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.catalog.WrittenFile;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.FileConditions;
import dev.tarn.engine.FileRewrites;
import dev.tarn.engine.FileRewrites.RowOrder;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.upkeep.CompactionPlan.Batch;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * Few large files instead of many small ones, without the rows that were deleted. Each batch of files is planned, written and
 * committed by itself; one that loses to another writer is planned again, and whatever was committed stays.
 */
final class Compaction implements UpkeepOperation<UpkeepTask.Compact> {
    /** How often a batch is tried that loses to other writers. */
    private static final int TRIES = 4;

    private static final Duration CONDITION = Duration.ofSeconds(30);
    private static final Duration BATCH = Duration.ofHours(6);

    private final TableInspection inspection;
    private final Tables tables;
    private final FileRewrites rewrites;
    private final FileConditions conditions;
    private final EngineSettings settings;
    private final Clock clock;

    Compaction(
            TableInspection inspection,
            Tables tables,
            FileRewrites rewrites,
            FileConditions conditions,
            EngineSettings settings,
            Clock clock) {
        this.inspection = inspection;
        this.tables = tables;
        this.rewrites = rewrites;
        this.conditions = conditions;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Class<UpkeepTask.Compact> task() {
        return UpkeepTask.Compact.class;
    }

    @Override
    public void check(Caller caller, ReadableTable table, UpkeepTask.Compact task) {
        requireFull(table);
        wanted(caller, table, options(table, task), new Cancellation("compaction"));
    }

    /** What is written anew is read whole. */
    static void requireFull(ReadableTable table) {
        if (!table.rights().isFull()) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The files of %s can be written anew by those alone who may read all of its rows and columns"
                            .formatted(table.name().text()));
        }
    }

    private CompactionOptions options(ReadableTable table, UpkeepTask.Compact task) {
        return CompactionOptions.of(task, table.table(), TableHealths.target(table.table(), settings));
    }

    private Expression wanted(
            Caller caller, ReadableTable table, CompactionOptions options, Cancellation cancellation) {
        return options.where()
                .map(where -> conditions.read(caller, table, where, Deadline.in(clock, CONDITION), cancellation))
                .orElse(Expressions.alwaysTrue());
    }

    @Override
    public Map<String, Object> run(UpkeepRun run, UpkeepTask.Compact task) {
        ReadableTable table = inspection.manage(run.caller(), run.table());
        CompactionOptions options = options(table, task);
        Expression wanted = wanted(run.caller(), table, options, run.cancellation());
        CompactedFiles planned = CompactedFiles.plan(table, wanted);
        List<Batch<FileScanTask>> batches = CompactionPlan.of(planned.files(), options);
        CompactionResult result = new CompactionResult(planned.files().size(), batches);
        for (Batch<FileScanTask> batch : batches) {
            run.requireWanted();
            result.begins(batch);
            planned = batch(run, options, batch, planned, wanted, result);
        }
        if (options.removeDangling()) {
            run.requireWanted();
            removeUnused(run, result);
        }
        return result.numbers();
    }

    /**
     * Does one batch.
     *
     * @return the newest version that is known
     */
    private CompactedFiles batch(
            UpkeepRun run,
            CompactionOptions options,
            Batch<FileScanTask> batch,
            CompactedFiles planned,
            Expression wanted,
            CompactionResult result) {
        Set<String> locations =
                batch.sources().stream().map(task -> task.file().location()).collect(Collectors.toSet());
        CompactedFiles newest = planned;
        for (int tried = 1; ; tried++) {
            // Files that are planned after it began stay until it ends.
            try (TableWrite write = tables.begin(run.caller(), run.table(), WriteMode.REWRITE)) {
                ReadableTable table = inspection.manage(run.caller(), run.table());
                if (tried > 1 || newest.mayHaveLostRows(table)) {
                    newest = CompactedFiles.plan(table, wanted);
                }
                rewrite(run, options, write, newest.table(), newest.tasks(locations), result);
                result.done(batch);
                return newest;
            } catch (TarnException e) {
                if (isOfRun(run, e)) {
                    throw e;
                }
                if (e.code() != ErrorCode.CONFLICT || tried == TRIES) {
                    result.failed(batch, e);
                    return newest;
                }
            }
            run.requireWanted();
        }
    }

    /** Whether there is nothing to try further. */
    private static boolean isOfRun(UpkeepRun run, TarnException failure) {
        return run.cancellation().requested()
                || switch (failure.code()) {
                    case STATEMENT_CANCELLED, STOPPING, FORBIDDEN, UNKNOWN_TABLE, DATABASE_UNAVAILABLE, STORAGE_FULL ->
                        true;
                    default -> false;
                };
    }

    private void rewrite(
            UpkeepRun run,
            CompactionOptions options,
            TableWrite write,
            ReadableTable table,
            List<FileScanTask> tasks,
            CompactionResult result) {
        if (tasks.isEmpty()) {
            return;
        }
        List<WrittenFile> files = rewrites.write(
                run.caller(),
                table,
                write,
                tasks,
                options.order(),
                options.targetBytes(),
                Deadline.in(clock, BATCH),
                run.cancellation(),
                fraction -> run.progress(result.reached(fraction)));
        run.requireWanted();
        boolean ordered = options.order() instanceof RowOrder.Sorted(List<TableShape.Sort> columns)
                && columns.equals(write.shape().order());
        write.note(Map.of(
                "what",
                "compact",
                "job",
                run.id().toString(),
                "rewritten_files",
                tasks.size(),
                "new_files",
                files.size()));
        write.rewrite(new FileRewrite(table, tasks, List.of(), ordered), files);
        result.rewritten(tasks, files, deletes(tasks));
    }

    /** The delete files that go with data files. */
    private static int deletes(List<FileScanTask> tasks) {
        Set<String> deletes = new HashSet<>();
        for (FileScanTask task : tasks) {
            task.deletes().stream()
                    .filter(ContentFileUtil::isFileScoped)
                    .forEach(delete -> deletes.add(delete.location() + " " + delete.contentOffset()));
        }
        return deletes.size();
    }

    /** Deletes of rows that are in no file any more. Who changes them meanwhile is left alone: they are found the next time. */
    private void removeUnused(UpkeepRun run, CompactionResult result) {
        try (TableWrite write = tables.begin(run.caller(), run.table(), WriteMode.REWRITE)) {
            ReadableTable table = inspection.manage(run.caller(), run.table());
            List<DeleteFile> unused = UnusedDeletes.of(table);
            if (unused.isEmpty()) {
                return;
            }
            write.note(Map.of("what", "compact", "job", run.id().toString(), "removed_delete_files", unused.size()));
            write.rewrite(new FileRewrite(table, List.of(), unused, false), List.of());
            result.removed(unused.size());
        } catch (TarnException e) {
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
        }
    }
}
