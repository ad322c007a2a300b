package dev.tarn.catalog;

import dev.tarn.access.TableRights;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.view.ViewMetadata;

/** Says what a table's metadata says, for people. */
final class Descriptions {
    private static final int LONGEST_ENGINE = 100;

    private Descriptions() {}

    /** @param rights what the caller may read of it; whoever may read nothing, and describe it, is told all */
    static TableDescription of(TableName name, TableMetadata metadata, TableRights rights) {
        boolean limited = rights.isLimited();
        Snapshot snapshot = metadata.currentSnapshot();
        Map<String, String> summary = snapshot == null ? Map.of() : snapshot.summary();
        return new TableDescription(
                UUID.fromString(metadata.uuid()),
                name,
                TableDescription.Kind.TABLE,
                "iceberg",
                limited,
                columns(metadata.schema(), rights),
                told(
                        limited,
                        total(summary, SnapshotSummary.TOTAL_RECORDS_PROP)
                                - total(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP)),
                told(limited, total(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP)),
                told(limited, total(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP)),
                snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId()),
                Instant.ofEpochMilli(metadata.lastUpdatedMillis()),
                Optional.ofNullable(metadata.properties().get(TableAnnotations.DESCRIPTION)),
                TableAnnotations.tags(metadata.properties()),
                // Some name columns.
                limited ? Map.of() : metadata.properties());
    }

    static TableDescription of(TableName name, ViewMetadata metadata) {
        return new TableDescription(
                UUID.fromString(metadata.uuid()),
                name,
                TableDescription.Kind.VIEW,
                "iceberg",
                false,
                columns(metadata.schema(), TableRights.FULL),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Instant.ofEpochMilli(metadata.currentVersion().timestampMillis()),
                Optional.ofNullable(metadata.properties().get(ReadableView.COMMENT)),
                List.of(),
                metadata.properties());
    }

    private static OptionalLong told(boolean limited, long figure) {
        return limited ? OptionalLong.empty() : OptionalLong.of(figure);
    }

    static SnapshotDescription of(Snapshot snapshot, TableMetadata metadata, TableRights rights) {
        Map<String, String> summary = snapshot.summary() == null || rights.isLimited() ? Map.of() : snapshot.summary();
        Long parent = snapshot.parentId();
        Snapshot current = metadata.currentSnapshot();
        return new SnapshotDescription(
                snapshot.snapshotId(),
                parent == null ? OptionalLong.empty() : OptionalLong.of(parent),
                Instant.ofEpochMilli(snapshot.timestampMillis()),
                snapshot.operation() == null ? "append" : snapshot.operation(),
                current != null && current.snapshotId() == snapshot.snapshotId(),
                figure(summary, SnapshotSummary.ADDED_RECORDS_PROP),
                figure(summary, SnapshotSummary.DELETED_RECORDS_PROP),
                figure(summary, SnapshotSummary.ADDED_FILES_PROP),
                figure(summary, SnapshotSummary.TOTAL_RECORDS_PROP),
                figure(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP),
                engine(summary));
    }

    /** As Iceberg's own engines tell it; Trino and Flink tell it by what else they write. */
    private static Optional<String> engine(Map<String, String> summary) {
        String name = summary.get("engine-name");
        if (name != null) {
            String version = summary.get("engine-version");
            String told = version == null ? name : name + " " + version;
            return Optional.of(told.length() <= LONGEST_ENGINE ? told : told.substring(0, LONGEST_ENGINE));
        }
        return summary.containsKey("trino_query_id")
                ? Optional.of("trino")
                : Optional.of("flink").filter(flink -> summary.containsKey("flink.job-id"));
    }

    private static OptionalLong figure(Map<String, String> summary, String property) {
        String text = summary.get(property);
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // another engine may write what it likes
        }
    }

    private static List<Column> columns(Schema schema, TableRights rights) {
        return schema.columns().stream()
                .filter(column -> rights.tells(column.name()))
                .map(column -> new Column(
                        column.fieldId(),
                        column.name(),
                        TypeNames.of(column.type()),
                        column.isOptional(),
                        Optional.ofNullable(column.doc())))
                .toList();
    }

    private static long total(Map<String, String> summary, String property) {
        String text = summary.get(property);
        return text == null ? 0 : Long.parseLong(text);
    }
}
