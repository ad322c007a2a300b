package dev.tarn.catalog;

import dev.tarn.access.Verb;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/**
 * The changes of a table's metadata that another engine asks for, and what it takes to make them. A snapshot takes the right to
 * change rows whatever it says that it does: nobody has looked which files it leaves out.
 */
record RequestedChanges(List<MetadataUpdate> updates) {
    private static final int LONGEST_FACT = 1_000;

    RequestedChanges {
        updates = List.copyOf(updates);
    }

    Set<Verb> verbs() {
        Set<Verb> verbs = EnumSet.noneOf(Verb.class);
        Set<Long> added = snapshots().stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
        for (MetadataUpdate update : updates) {
            switch (update) {
                case MetadataUpdate.AddSnapshot snapshot -> verbs.addAll(List.of(Verb.INSERT, Verb.UPDATE));
                case MetadataUpdate.SetSnapshotRef ref when added.contains(ref.snapshotId()) -> verbs.add(Verb.UPDATE);
                case MetadataUpdate.SetStatistics statistics -> verbs.add(Verb.UPDATE);
                case MetadataUpdate.RemoveStatistics statistics -> verbs.add(Verb.UPDATE);
                case MetadataUpdate.SetPartitionStatistics statistics -> verbs.add(Verb.UPDATE);
                case MetadataUpdate.RemovePartitionStatistics statistics -> verbs.add(Verb.UPDATE);
                case MetadataUpdate.SetProperties properties -> verbs.add(Verb.ALTER);
                case MetadataUpdate.RemoveProperties properties -> verbs.add(Verb.ALTER);
                default -> verbs.add(Verb.MANAGE);
            }
        }
        return verbs;
    }

    /** What the audit trail calls it. */
    Verb verb() {
        Set<Verb> verbs = verbs();
        boolean appends = snapshots().stream().allMatch(snapshot -> DataOperations.APPEND.equals(snapshot.operation()));
        if (verbs.contains(Verb.MANAGE)) {
            return Verb.MANAGE;
        }
        if (verbs.contains(Verb.INSERT)) {
            return appends ? Verb.INSERT : Verb.UPDATE;
        }
        return verbs.contains(Verb.UPDATE) ? Verb.UPDATE : Verb.ALTER;
    }

    /** What the audit trail says of it. */
    Map<String, Object> facts() {
        Set<String> what = new TreeSet<>();
        updates.forEach(update -> what.add(update.getClass().getSimpleName()));
        String text = String.join(", ", what);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("changes", text.length() > LONGEST_FACT ? text.substring(0, LONGEST_FACT) : text);
        facts.put("through", "catalog");
        return facts;
    }

    private List<Snapshot> snapshots() {
        return updates.stream()
                .filter(MetadataUpdate.AddSnapshot.class::isInstance)
                .map(update -> ((MetadataUpdate.AddSnapshot) update).snapshot())
                .toList();
    }

    /** The properties that are set. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        updates.stream()
                .filter(MetadataUpdate.SetProperties.class::isInstance)
                .forEach(update -> properties.putAll(((MetadataUpdate.SetProperties) update).updated()));
        return properties;
    }

    /** Whether a table has all of the snapshots that would be added: the answer to the same request before was lost. */
    boolean happened(TableMetadata now) {
        List<Snapshot> added = snapshots();
        return !added.isEmpty()
                && added.stream()
                        .allMatch(snapshot -> Optional.ofNullable(now.snapshot(snapshot.snapshotId()))
                                .filter(known ->
                                        Objects.equals(known.manifestListLocation(), snapshot.manifestListLocation()))
                                .isPresent());
    }

    /** Whether a table is the one that would be made: the answer to the same request before was lost. */
    boolean made(TableMetadata now) {
        boolean same = updates.stream()
                .filter(MetadataUpdate.AssignUUID.class::isInstance)
                .anyMatch(update -> ((MetadataUpdate.AssignUUID) update).uuid().equals(now.uuid()));
        return same && (snapshots().isEmpty() ? now.snapshots().isEmpty() : happened(now));
    }
}
