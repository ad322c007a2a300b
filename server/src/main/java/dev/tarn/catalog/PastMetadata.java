package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/**
 * A table's metadata as if one of its versions were the newest: the version is where its main branch stands, and the version's
 * columns are its own. So whatever reads a table reads a version of it the same way. Nothing of this is ever written.
 */
final class PastMetadata {
    private final TableName name;
    private final TableMetadata metadata;

    private PastMetadata(TableName name, TableMetadata metadata) {
        this.name = name;
        this.metadata = metadata;
    }

    /**
     * The metadata at a version. A snapshot and a tag have the columns that the table had then, a branch those that it has now.
     *
     * @param limited whether the caller may read a part of the table alone. What that part is, is said of the columns that the table
     *     has now; so these are read, by their ids, under the names that they have now. A column that was dropped is not there, and
     *     one that had a granted name once is not taken for the one that has it now.
     * @throws TarnException {@code NOT_FOUND} when there is no such version
     */
    static TableMetadata of(TableName name, TableMetadata metadata, TableVersion version, boolean limited) {
        PastMetadata past = new PastMetadata(name, metadata);
        return switch (version) {
            case TableVersion.Newest _ -> metadata;
            case TableVersion.OfSnapshot(long id) -> past.snapshot(past.existing(version, id), limited);
            case TableVersion.At at -> past.snapshot(past.at(at), limited);
            case TableVersion.Named named -> past.named(named, limited);
        };
    }

    /**
     * The snapshot that was the newest one at a moment.
     *
     * @throws TarnException {@code NOT_FOUND} when there was none, or it is gone
     */
    static Snapshot snapshotAt(TableName name, TableMetadata metadata, Instant time) {
        return new PastMetadata(name, metadata).at(new TableVersion.At(time));
    }

    private TableMetadata named(TableVersion.Named version, boolean limited) {
        SnapshotRef ref = metadata.ref(version.name());
        if (ref != null) {
            return snapshot(existing(version, ref.snapshotId()), limited || ref.isBranch());
        }
        if (version.name().equals(SnapshotRef.MAIN_BRANCH)) {
            return metadata; // of a table that never had rows
        }
        return number(version.name())
                .map(id -> snapshot(existing(version, id), limited))
                .orElseThrow(() -> unknown(version));
    }

    /**
     * Returns when the table has a branch of that name.
     *
     * @throws TarnException {@code NOT_FOUND} else
     */
    static void requireBranch(TableName name, TableMetadata metadata, String branch) {
        SnapshotRef ref = metadata.ref(branch);
        if (ref == null ? !branch.equals(SnapshotRef.MAIN_BRANCH) : !ref.isBranch()) {
            throw new TarnException(
                    ErrorCode.NOT_FOUND,
                    "The table %s has no branch %s; make one with ALTER TABLE ... CREATE BRANCH"
                            .formatted(name.text(), branch.length() > 60 ? branch.substring(0, 60) + "..." : branch));
        }
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Snapshot at(TableVersion.At version) {
        List<HistoryEntry> log = metadata.snapshotLog();
        for (HistoryEntry entry : log.reversed()) {
            if (entry.timestampMillis() <= version.time().toEpochMilli()) {
                return existing(version, entry.snapshotId());
            }
        }
        throw unknown(version);
    }

    private Snapshot existing(TableVersion version, long id) {
        Snapshot snapshot = metadata.snapshot(id);
        if (snapshot == null) {
            throw unknown(version);
        }
        return snapshot;
    }

    private TableMetadata snapshot(Snapshot snapshot, boolean today) {
        TableMetadata.Builder builder =
                TableMetadata.buildFrom(metadata).setBranchSnapshot(snapshot.snapshotId(), SnapshotRef.MAIN_BRANCH);
        Integer schema = snapshot.schemaId();
        if (!today && schema != null && metadata.schemasById().containsKey(schema)) {
            builder.setCurrentSchema(schema);
        }
        return builder.discardChanges().build();
    }

    private TarnException unknown(TableVersion version) {
        return new TarnException(
                ErrorCode.NOT_FOUND,
                "The table %s has no %s; its versions are listed by select * from %s"
                        .formatted(
                                name.text(),
                                version,
                                name.withTable(name.table() + "$history").text()));
    }
}
