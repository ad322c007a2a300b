package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.TableRights;
import dev.tarn.access.Verb;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/** The versions that a table has and had. */
public final class TableHistory {
    private final CatalogParts parts;
    private final Tables tables;

    TableHistory(CatalogParts parts, Tables tables) {
        this.parts = parts;
        this.tables = tables;
    }

    /** All versions that can still be read, newest first; the pages of {@link Tables#snapshots} in one. */
    public List<SnapshotDescription> snapshots(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        Tables.Opened table = tables.open(caller, Verb.DESCRIBE, name);
        return snapshots(table.metadata(), table.rights());
    }

    /**
     * What the table was at a moment.
     *
     * @throws TarnException {@code NOT_FOUND} when it had no version then, or that one can be read no more
     */
    public SnapshotDescription at(Caller caller, TableName name, Instant time) {
        parts.access().requireSomebody(caller);
        Tables.Opened table = tables.open(caller, Verb.DESCRIBE, name);
        return at(table.name(), table.metadata(), table.rights(), time);
    }

    static List<SnapshotDescription> snapshots(TableMetadata metadata, TableRights rights) {
        return metadata.snapshots().reversed().stream()
                .map(snapshot -> Descriptions.of(snapshot, metadata, rights))
                .toList();
    }

    static SnapshotDescription at(TableName name, TableMetadata metadata, TableRights rights, Instant time) {
        Snapshot then = PastMetadata.snapshotAt(name, metadata, time);
        return Descriptions.of(then, metadata, rights);
    }
}
