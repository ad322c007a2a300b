package dev.tarn.catalog;

import dev.tarn.access.TableRights;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.metrics.MetricsReporter;

/** A table of another's catalog, as its metadata was when it was read; it is looked at here, and never changed. */
public final class ForeignTable {
    private static final MetricsReporter SILENT = report -> {};

    private final CatalogParts parts;
    private final TableName name;
    private final TableMetadata metadata;
    private final boolean reached;

    /** @param reached whether the files of its location may be read for whoever has opened it */
    ForeignTable(CatalogParts parts, TableName name, TableMetadata metadata, boolean reached) {
        this.parts = parts;
        this.name = name;
        this.metadata = metadata;
        this.reached = reached;
    }

    /** What it is. */
    public TableDefinition definition() {
        return TableDefinition.of(Descriptions.of(name, metadata, TableRights.FULL), metadata);
    }

    /** Its versions, newest first. */
    public List<SnapshotDescription> snapshots() {
        return TableHistory.snapshots(metadata, TableRights.FULL);
    }

    /**
     * What it was at a moment.
     *
     * @throws TarnException {@code NOT_FOUND}
     */
    public SnapshotDescription at(Instant time) {
        return TableHistory.at(name, metadata, TableRights.FULL, time);
    }

    /**
     * Its newest version, with the files that it is made of.
     *
     * @throws TarnException {@code INVALID_REQUEST} when the server does not reach them
     */
    public ReadableTable readable() {
        if (!reached) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The table's files are at %s, which the server does not reach; the operator grants folders with the setting tarn.storage.roots"
                            .formatted(metadata.location()));
        }
        Snapshot snapshot = metadata.currentSnapshot();
        if (snapshot != null) {
            parts.ownFiles().check(metadata.location(), snapshot);
        }
        return new ReadableTable(
                name,
                new BaseTable(new StaticTableOperations(metadata, parts.files()), name.text(), SILENT),
                metadata.schema(),
                snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()),
                TableRights.FULL);
    }
}
