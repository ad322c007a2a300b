package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.Expiry;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.SnapshotExpiry;
import dev.tarn.catalog.TableChanges;
import dev.tarn.catalog.TableEdit;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.VersionFiles;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.iceberg.SnapshotRef;

/**
 * Makes rows go from all that a table has. Rows that match are deleted; files that hold deleted rows of any time are written anew
 * without them; then all versions go but the newest of each branch and those of tags, and with them the files, and the manifests whose
 * statistics tell of values. A branch or tag that has such rows, or files with deleted rows of which nobody can say, is named and
 * refused, or goes too.
 *
 * <p>Each step is a commit that leaves nothing to do for the same step of another run. The files that there were before the first
 * commit are noted in the job, so that a run which takes over tells of all of them.
 */
final class Erasure implements UpkeepOperation<UpkeepTask.Erase> {
    /** The word of a query; texts and quoted names are passed over. */
    private static final Pattern QUERY =
            Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(\\bselect\\b)", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 100_000;

    /** Names of files in a result; more are counted. */
    private static final int MOST_TOLD = 10_000;

    private final TableInspection tables;
    private final TableChanges changes;
    private final VersionFiles files;
    private final SnapshotExpiry expiry;
    private final ErasedRows rows;
    private final UpkeepOperation<UpkeepTask.Compact> compaction;

    Erasure(
            TableInspection tables,
            TableChanges changes,
            VersionFiles files,
            SnapshotExpiry expiry,
            ErasedRows rows,
            UpkeepOperation<UpkeepTask.Compact> compaction) {
        this.tables = tables;
        this.changes = changes;
        this.files = files;
        this.expiry = expiry;
        this.rows = rows;
        this.compaction = compaction;
    }

    @Override
    public Class<UpkeepTask.Erase> task() {
        return UpkeepTask.Erase.class;
    }

    @Override
    public void check(Caller caller, ReadableTable table, UpkeepTask.Erase task) {
        if (!table.rights().isFull()) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "Rows of %s are erased by those alone who may see all of it"
                            .formatted(table.name().text()));
        }
        String where = task.where().strip();
        if (where.isEmpty() || where.length() > LONGEST || hasQuery(where)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "where must be a condition over the columns of %s, without a query in it, of up to %d characters"
                            .formatted(table.name().text(), LONGEST));
        }
        rows.check(caller, table.name(), where);
    }

    private static boolean hasQuery(String where) {
        return QUERY.matcher(where).results().anyMatch(found -> found.group(1) != null);
    }

    @Override
    public Map<String, Object> run(UpkeepRun run, UpkeepTask.Erase task) {
        ReadableTable table = tables.manage(run.caller(), run.table());
        check(run.caller(), table, task);
        Map<String, String> references = holding(run, table, task.where());
        if (!references.isEmpty() && !task.dropReferences()) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "These branches and tags of %s have such rows, or may have: %s; drop them, or ask for drop_references. Nothing was erased"
                            .formatted(table.name().text(), String.join(", ", references.values())));
        }
        ErasureReport before = ErasureReport.begun(run, () -> files.of(run.caller(), run.table(), run.cancellation()));
        table.table().refs().forEach((name, ref) -> {
            if (references.containsKey(name)) {
                changes.alter(run.caller(), run.table(), new TableEdit.DropReference(ref.isTag(), name, true));
            }
        });
        run.progress(0.2);
        long deleted = rows.delete(run, task.where());
        run.progress(0.5);
        rewriteDeletes(run, before);
        run.progress(0.8);
        Expiry expired = expiry.keepNewest(run.caller(), run.table(), run.cancellation());
        VersionFiles.Found after = files.of(run.caller(), run.table(), run.cancellation());
        requireNoVersionLeft(run, after);
        return numbers(before, after, deleted, references, expired);
    }

    /** Branches and tags that have such rows, with their kind. */
    private Map<String, String> holding(UpkeepRun run, ReadableTable table, String where) {
        Map<String, String> holding = new TreeMap<>();
        table.table().refs().forEach((name, ref) -> {
            run.requireWanted();
            boolean main = name.equals(SnapshotRef.MAIN_BRANCH);
            if (!main && (rows.areHidden(table, name) || rows.count(run, name, where) > 0)) {
                holding.put(name, (ref.isTag() ? "tag " : "branch ") + name);
            }
        });
        return holding;
    }

    /** What was deleted by a note beside the file is in the file still. */
    private void rewriteDeletes(UpkeepRun run, ErasureReport before) {
        ReadableTable now = tables.manage(run.caller(), run.table());
        if (!rows.hiding(now).isEmpty()) {
            compaction.run(run, new UpkeepTask.Compact("binpack", Recommendation.ALL_DELETES));
        }
        Set<String> left = new TreeSet<>(rows.hiding(tables.manage(run.caller(), run.table())));
        left.retainAll(before.newest());
        if (!left.isEmpty()) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "%d files of %s with deleted rows could not be written anew while others changed them; erase again"
                            .formatted(left.size(), run.table().text()));
        }
    }

    private static void requireNoVersionLeft(UpkeepRun run, VersionFiles.Found after) {
        Set<Long> left = new TreeSet<>(after.snapshots());
        left.removeAll(after.named());
        if (!left.isEmpty()) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "%d earlier versions of %s stay for clients that were given plans to scan them, an hour at most; erase again then"
                            .formatted(left.size(), run.table().text()));
        }
    }

    private static Map<String, Object> numbers(
            ErasureReport before,
            VersionFiles.Found after,
            long deleted,
            Map<String, String> references,
            Expiry expired) {
        Set<String> there = new TreeSet<>(after.newest());
        there.addAll(after.others());
        List<Map<String, String>> told = new ArrayList<>();
        Map<String, Long> counts = new TreeMap<>();
        before.each((file, newest) -> {
            String became = there.contains(file) ? "does_not_match" : newest ? "rewritten" : "deleted";
            counts.merge(became, 1L, Long::sum);
            if (told.size() < MOST_TOLD) {
                told.add(Map.of("file", file, "became", became));
            }
        });
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("erased_rows", deleted);
        numbers.put("checked_files", before.count());
        numbers.put("deleted_files", counts.getOrDefault("deleted", 0L));
        numbers.put("rewritten_files", counts.getOrDefault("rewritten", 0L));
        numbers.put("unmatched_files", counts.getOrDefault("does_not_match", 0L));
        numbers.put("expired_count", expired.expired());
        numbers.put("dropped_references", List.copyOf(references.keySet()));
        numbers.put("freed_bytes", expired.bytes());
        numbers.put("waiting_files", expired.waiting());
        numbers.put("files", told);
        return numbers;
    }
}
