package dev.tarn.catalog;

import dev.tarn.access.Verb;
import java.time.Duration;
import java.time.Instant;
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
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a table's metadata that another engine asks for, and what it takes to make them. A snapshot takes the right to
 * change rows whatever it says that it does: nobody has looked which files it leaves out.
 */
record RequestedChanges(List<MetadataUpdate> updates) {
    private static final int LONGEST_FACT = 1_000;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

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

    /**
     * Returns when no snapshot is made by a clock that is far from the server's, or behind the table: nobody else could commit until
     * that time has come, or history would run backwards. Iceberg allows the same minute.
     *
     * @throws ValidationException for a snapshot of another time
     */
    void checkTimes(@Nullable TableMetadata now, Instant clock) {
        Set<Long> becomeMain = updates.stream()
                .filter(update -> update instanceof MetadataUpdate.SetSnapshotRef ref
                        && SnapshotRef.MAIN_BRANCH.equals(ref.name()))
                .map(update -> ((MetadataUpdate.SetSnapshotRef) update).snapshotId())
                .collect(Collectors.toSet());
        List<HistoryEntry> history = now == null ? List.of() : now.snapshotLog();
        for (Snapshot snapshot : snapshots()) {
            long made = snapshot.timestampMillis();
            ValidationException.check(
                    made <= clock.plus(CLOCKS_DIFFER).toEpochMilli(),
                    "Snapshot %s is of the time %s, which is ahead of the server's clock; set the clock of its writer right",
                    snapshot.snapshotId(),
                    made);
            ValidationException.check(
                    history.isEmpty()
                            || !becomeMain.contains(snapshot.snapshotId())
                            || made >= history.getLast().timestampMillis() - CLOCKS_DIFFER.toMillis(),
                    "Snapshot %s is of the time %s, before the table's last snapshot; set the clock of its writer right",
                    snapshot.snapshotId(),
                    made);
        }
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
