package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.Expiry;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.SnapshotExpiry;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Lets old versions go. A run that was cut off after its commit finds nothing left to expire, and its files go by themselves. */
final class ExpireOperation implements UpkeepOperation<UpkeepTask.Expire> {
    private final SnapshotExpiry expiry;

    ExpireOperation(SnapshotExpiry expiry) {
        this.expiry = expiry;
    }

    @Override
    public Class<UpkeepTask.Expire> task() {
        return UpkeepTask.Expire.class;
    }

    @Override
    public void check(Caller caller, ReadableTable table, UpkeepTask.Expire task) {
        if (task.retainLast() != null && task.retainLast() < 1) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "retain_last must be 1 or more, not %d: the newest version of a table always stays"
                            .formatted(task.retainLast()));
        }
    }

    @Override
    public Map<String, Object> run(UpkeepRun run, UpkeepTask.Expire task) {
        OptionalInt last = task.retainLast() == null ? OptionalInt.empty() : OptionalInt.of(task.retainLast());
        Optional<Instant> older = Optional.ofNullable(task.olderThan());
        Expiry came = task.dryRun()
                ? expiry.preview(run.caller(), run.table(), last, older, run.cancellation())
                : expiry.expire(run.caller(), run.table(), last, older, run.cancellation());
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("expired_count", came.expired());
        numbers.put("remaining_count", came.remaining());
        numbers.put("deleted_files", came.files());
        numbers.put("deleted_data_files", came.dataFiles());
        numbers.put("deleted_delete_files", came.deleteFiles());
        numbers.put("deleted_manifests", came.manifests());
        numbers.put("deleted_manifest_lists", came.manifestLists());
        numbers.put("deleted_statistics_files", came.statisticsFiles());
        numbers.put("freed_bytes", came.bytes());
        numbers.put("waiting_files", came.waiting());
        numbers.put("dropped_references", came.references());
        numbers.put("dry_run", task.dryRun());
        return numbers;
    }
}
