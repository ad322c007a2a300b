package dev.tarn.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;

/**
 * Which versions a table keeps, by Iceberg's rules: of each branch those that are young or among the last, what tags name, and what
 * nothing names while it is young. What a branch or tag says of itself comes before what is asked for, and that before what the table's
 * properties say.
 *
 * @param retainLast how many of each branch stay at least
 * @param olderThan what is younger stays; when {@code retainLast} alone is given, age keeps nothing
 * @param newestAlone whether nothing but the newest version of a branch stays
 */
record Retention(OptionalInt retainLast, Optional<Instant> olderThan, Instant now, boolean newestAlone) {
    Retention(OptionalInt retainLast, Optional<Instant> olderThan, Instant now) {
        this(retainLast, olderThan, now, false);
    }

    /** The newest version of each branch stays, and what tags name, whatever else is said anywhere. */
    static Retention newestAlone(Instant now) {
        return new Retention(OptionalInt.of(1), Optional.empty(), now, true);
    }

    /**
     * What goes.
     *
     * @param references branches and tags that had their time
     */
    record Gone(Set<Long> snapshots, List<String> references) {
        boolean isNothing() {
            return snapshots.isEmpty() && references.isEmpty();
        }

        TableMetadata from(TableMetadata metadata) {
            TableMetadata.Builder builder = TableMetadata.buildFrom(metadata);
            references.forEach(builder::removeRef);
            builder.removeSnapshots((Collection<Long>) snapshots);
            return builder.build();
        }
    }

    /** @param pinned versions that stay in any case */
    Gone of(TableMetadata metadata, Set<Long> pinned) {
        long before = olderThan
                .map(Instant::toEpochMilli)
                .orElseGet(() -> retainLast.isPresent() ? Long.MAX_VALUE : now.toEpochMilli() - age(metadata));
        Set<Long> kept = new HashSet<>(pinned);
        Set<Long> named = new HashSet<>();
        List<String> references = metadata.refs().entrySet().stream()
                .filter(ref -> !stays(metadata, ref.getKey(), ref.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        metadata.refs().forEach((name, ref) -> {
            if (!references.contains(name)) {
                named.add(ref.snapshotId());
                if (ref.isBranch()) {
                    keepBranch(metadata, ref, before, kept, named);
                } else {
                    kept.add(ref.snapshotId());
                }
            }
        });
        Set<Long> gone = new HashSet<>();
        for (Snapshot snapshot : metadata.snapshots()) {
            long id = snapshot.snapshotId();
            boolean stays =
                    kept.contains(id) || (!newestAlone && !named.contains(id) && snapshot.timestampMillis() >= before);
            if (!stays) {
                gone.add(id);
            }
        }
        return new Gone(gone, references);
    }

    private static long age(TableMetadata metadata) {
        return metadata.propertyAsLong(
                TableProperties.MAX_SNAPSHOT_AGE_MS, TableProperties.MAX_SNAPSHOT_AGE_MS_DEFAULT);
    }

    private boolean stays(TableMetadata metadata, String name, SnapshotRef ref) {
        if (name.equals(SnapshotRef.MAIN_BRANCH)) {
            return true;
        }
        Snapshot snapshot = metadata.snapshot(ref.snapshotId());
        long most = Objects.requireNonNullElseGet(
                ref.maxRefAgeMs(),
                () -> metadata.propertyAsLong(TableProperties.MAX_REF_AGE_MS, TableProperties.MAX_REF_AGE_MS_DEFAULT));
        return snapshot != null && now.toEpochMilli() - snapshot.timestampMillis() <= most;
    }

    private void keepBranch(TableMetadata metadata, SnapshotRef ref, long before, Set<Long> kept, Set<Long> named) {
        if (newestAlone) {
            kept.add(ref.snapshotId());
            return;
        }
        int least = Objects.requireNonNullElseGet(
                ref.minSnapshotsToKeep(),
                () -> retainLast.orElseGet(() -> metadata.propertyAsInt(
                        TableProperties.MIN_SNAPSHOTS_TO_KEEP, TableProperties.MIN_SNAPSHOTS_TO_KEEP_DEFAULT)));
        long oldest = ref.maxSnapshotAgeMs() == null ? before : now.toEpochMilli() - ref.maxSnapshotAgeMs();
        int count = 0;
        boolean stays = true;
        for (Snapshot snapshot = metadata.snapshot(ref.snapshotId());
                snapshot != null;
                snapshot = snapshot.parentId() == null ? null : metadata.snapshot(snapshot.parentId())) {
            named.add(snapshot.snapshotId());
            stays = stays && (count < Math.max(1, least) || snapshot.timestampMillis() >= oldest);
            if (stays) {
                kept.add(snapshot.snapshotId());
                count++;
            }
        }
    }
}
