package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.engine.BoundStatement;
import dev.tarn.engine.ChangedRows;
import dev.tarn.engine.Defaults;
import dev.tarn.engine.Engine;
import dev.tarn.engine.QueryResult;
import dev.tarn.engine.RowChanges;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;

/** The rows of a condition: counted in a version, and deleted from the newest. */
final class ErasedRows {
    private static final int MOST_ATTEMPTS = 5;
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(30);

    private final Tables tables;
    private final Engine engine;
    private final RowChanges changes;
    private final long targetFileBytes;
    private final Clock clock;

    ErasedRows(Tables tables, Engine engine, RowChanges changes, long targetFileBytes, Clock clock) {
        this.tables = tables;
        this.engine = engine;
        this.changes = changes;
        this.targetFileBytes = targetFileBytes;
        this.clock = clock;
    }

    private static BoundStatement statement(String beginning, String where) {
        // A line of its own: what it ends with may be a comment.
        return BoundStatement.of(beginning + " WHERE (\n" + where + "\n)", Defaults.of(null, null));
    }

    private static BoundStatement deletion(TableName table, String where) {
        return statement("DELETE FROM " + table.sql(), where);
    }

    /**
     * Returns when that can be a condition.
     *
     * @throws TarnException with what is wrong with it
     */
    void check(Caller caller, TableName table, String where) {
        engine.check(caller, deletion(table, where), Deadline.in(clock, LONGEST_CHECK), new Cancellation("erase"));
        BoundStatement none = statement("SELECT 1 FROM " + table.sql(), "(" + where + "\n) AND false");
        engine.run(caller, none, Deadline.in(clock, LONGEST_CHECK), new Cancellation("erase"))
                .close();
    }

    /** How many rows of a branch or tag match. */
    long count(UpkeepRun run, String reference, String where) {
        BoundStatement count = statement(
                "SELECT count(*) FROM %s FOR VERSION AS OF '%s'"
                        .formatted(run.table().sql(), reference.replace("'", "''")),
                where);
        try (QueryResult result = engine.run(run.caller(), count, Deadline.in(clock, LONGEST), run.cancellation())) {
            return result.toJson(QueryResult.RowShape.ARRAY).get(0).get(0).longValue();
        }
    }

    /** Deletes those of the newest version; again from the beginning while others change what was looked at. */
    long delete(UpkeepRun run, String where) {
        for (int attempt = 1; ; attempt++) {
            try {
                return deleteOnce(run, where);
            } catch (TarnException e) {
                if (e.code() != ErrorCode.CONFLICT || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private long deleteOnce(UpkeepRun run, String where) {
        run.requireWanted();
        try (TableWrite write = tables.begin(run.caller(), run.table(), WriteMode.CHANGE)) {
            ChangedRows rows = changes.change(
                    run.caller(),
                    deletion(run.table(), where),
                    write,
                    targetFileBytes,
                    Deadline.in(clock, LONGEST),
                    run.cancellation());
            run.requireWanted();
            write.note(
                    Map.of("what", "erase", "rows", rows.rows(), "job", run.id().toString()));
            rows.change().ifPresent(change -> write.change(change, rows.files()));
            return rows.rows();
        }
    }

    /** Whether files of a branch or tag may hold rows that were deleted. */
    boolean areHidden(ReadableTable table, String reference) {
        return !hiding(table, table.table().newScan().useRef(reference)).isEmpty();
    }

    /** The files of the newest version that may. */
    Set<String> hiding(ReadableTable table) {
        return hiding(table, table.table().newScan());
    }

    private static Set<String> hiding(ReadableTable table, TableScan scan) {
        Set<String> files = new TreeSet<>();
        String folder = table.table().location() + "/";
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            for (FileScanTask task : tasks) {
                String file = task.file().location();
                if (!task.deletes().isEmpty()) {
                    files.add(file.startsWith(folder) ? file.substring(folder.length()) : file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
