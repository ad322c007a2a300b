package dev.tarn.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A table or view as people see it, at its newest snapshot.
 *
 * @param id Iceberg's uuid of the table, which no other table of any name ever has
 * @param name full name
 * @param kind what it is
 * @param format {@code iceberg}
 * @param limited whether the caller may see a part of it alone; then there is nothing here that tells of the rest
 * @param columns in order
 * @param rowCount rows that a full scan returns, when the snapshot says so
 * @param sizeBytes compressed bytes of its data files
 * @param fileCount data files
 * @param snapshotId the newest snapshot; empty for a table that never had one
 * @param updatedAt when its metadata changed last
 * @param description what its owner said about it
 * @param tags in the order that they were given
 * @param properties the table's own properties
 */
public record TableDescription(
        UUID id,
        TableName name,
        Kind kind,
        String format,
        boolean limited,
        List<Column> columns,
        OptionalLong rowCount,
        OptionalLong sizeBytes,
        OptionalLong fileCount,
        OptionalLong snapshotId,
        Instant updatedAt,
        Optional<String> description,
        List<String> tags,
        Map<String, String> properties) {
    /** What stands among the tables of a namespace. A view has no rows and versions of its own. */
    public enum Kind {
        TABLE,
        VIEW
    }

    public TableDescription {
        columns = List.copyOf(columns);
        tags = List.copyOf(tags);
        properties = Map.copyOf(properties);
    }
}
