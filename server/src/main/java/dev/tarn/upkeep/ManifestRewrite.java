package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.WriteMode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.ManifestFile;

/** Few manifests, each of neighbouring partitions. One commit, which others' commits only delay. */
final class ManifestRewrite implements UpkeepOperation<UpkeepTask.RewriteManifests> {
    private final TableInspection inspection;
    private final Tables tables;

    ManifestRewrite(TableInspection inspection, Tables tables) {
        this.inspection = inspection;
        this.tables = tables;
    }

    @Override
    public Class<UpkeepTask.RewriteManifests> task() {
        return UpkeepTask.RewriteManifests.class;
    }

    @Override
    public void check(Caller caller, ReadableTable table, UpkeepTask.RewriteManifests task) {
        Compaction.requireFull(table);
    }

    @Override
    public Map<String, Object> run(UpkeepRun run, UpkeepTask.RewriteManifests task) {
        try (TableWrite write = tables.begin(run.caller(), run.table(), WriteMode.REWRITE)) {
            ReadableTable table = inspection.manage(run.caller(), run.table());
            List<ManifestFile> before = manifests(table);
            if (before.size() <= TableWrite.manifestsWanted(table.table(), before)) {
                return Map.of("rewritten_manifests", 0, "new_manifests", 0);
            }
            run.requireWanted();
            write.note(Map.of("what", "rewrite_manifests", "job", run.id().toString()));
            long snapshot = write.rewriteManifests();
            ReadableTable rewritten = inspection.manage(run.caller(), run.table());
            if (rewritten.table().snapshot(snapshot) == null) {
                return Map.of("rewritten_manifests", before.size());
            }
            List<ManifestFile> after = rewritten.table().snapshot(snapshot).dataManifests(rewritten.table().io());
            Set<String> kept = after.stream().map(ManifestFile::path).collect(Collectors.toSet());
            Set<String> gone = before.stream().map(ManifestFile::path).collect(Collectors.toCollection(HashSet::new));
            long fresh = kept.stream().filter(path -> !gone.contains(path)).count();
            gone.removeAll(kept);
            return Map.of("rewritten_manifests", gone.size(), "new_manifests", fresh);
        }
    }

    private static List<ManifestFile> manifests(ReadableTable table) {
        return table.snapshotId().isEmpty()
                ? List.of()
                : table.table()
                        .snapshot(table.snapshotId().getAsLong())
                        .dataManifests(table.table().io());
    }
}
