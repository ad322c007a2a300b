package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.OrphanFiles;
import dev.tarn.catalog.Orphans;
import dev.tarn.catalog.ReadableTable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Lets files go that nobody names. */
final class RemoveOrphansOperation implements UpkeepOperation<UpkeepTask.RemoveOrphans> {
    private final OrphanFiles orphans;

    RemoveOrphansOperation(OrphanFiles orphans) {
        this.orphans = orphans;
    }

    @Override
    public Class<UpkeepTask.RemoveOrphans> task() {
        return UpkeepTask.RemoveOrphans.class;
    }

    @Override
    public void check(Caller caller, ReadableTable table, UpkeepTask.RemoveOrphans task) {
        orphans.requireOld(caller, Optional.ofNullable(task.olderThan()));
    }

    @Override
    public Map<String, Object> run(UpkeepRun run, UpkeepTask.RemoveOrphans task) {
        Optional<Instant> older = Optional.ofNullable(task.olderThan());
        Orphans found = task.dryRun()
                ? orphans.find(run.caller(), run.table(), older, run.cancellation())
                : orphans.remove(run.caller(), run.table(), older, run.cancellation());
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("orphan_count", found.count());
        numbers.put("orphan_bytes", found.bytes());
        numbers.put("removed_bytes", task.dryRun() ? 0L : found.bytes());
        numbers.put("waiting_files", found.waiting());
        numbers.put("dry_run", task.dryRun());
        if (task.dryRun()) {
            numbers.put("files", found.files());
        }
        return numbers;
    }
}
