package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.Cancellation;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.NotFoundException;

/** The data and delete files that tables have, in whatever version. */
public final class VersionFiles {
    private final CatalogParts parts;
    private final Tables tables;

    VersionFiles(CatalogParts parts, Tables tables) {
        this.parts = parts;
        this.tables = tables;
    }

    /**
     * Files of a table, below its location where they are.
     *
     * @param newest of the newest version
     * @param others of others alone
     * @param snapshots the versions
     * @param named those that a branch or tag names
     */
    public record Found(Set<String> newest, Set<String> others, Set<Long> snapshots, Set<Long> named) {}

    /** What a table has at this moment, for who looks after it. */
    public Found of(Caller caller, TableName name, Cancellation cancellation) {
        parts.access().requireSomebody(caller);
        Tables.Opened table = tables.open(caller, Verb.MANAGE, name);
        Tables.requireAllTold(table);
        TableMetadata metadata = table.metadata();
        NamedFiles files = new NamedFiles(parts, cancellation);
        Set<String> newest = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        Set<Long> snapshots = new TreeSet<>();
        try {
            if (metadata.currentSnapshot() != null) {
                files.contents(metadata, metadata.currentSnapshot(), file -> newest.add(told(metadata, file)));
            }
            for (Snapshot snapshot : metadata.snapshots()) {
                snapshots.add(snapshot.snapshotId());
                files.contents(metadata, snapshot, file -> others.add(told(metadata, file)));
            }
        } catch (NotFoundException e) {
            throw MetadataCache.lost(table.name(), e);
        }
        others.removeAll(newest);
        Set<Long> named = new TreeSet<>();
        metadata.refs().values().forEach(ref -> named.add(ref.snapshotId()));
        return new Found(newest, others, snapshots, named);
    }

    private static String told(TableMetadata metadata, String file) {
        String folder = UnreachableFiles.key(metadata.location()) + "/";
        String key = UnreachableFiles.key(file);
        return key.startsWith(folder) ? key.substring(folder.length()) : key;
    }
}
