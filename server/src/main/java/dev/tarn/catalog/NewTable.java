package dev.tarn.catalog;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;

/** How a table that we make begins. */
final class NewTable {
    private static final int FORMAT_VERSION = 2;

    /** A reader that began a minute ago still finds its metadata file; the log is for people after that. */
    private static final Map<String, String> PROPERTIES = Map.of(
            TableProperties.PARQUET_COMPRESSION, "zstd",
            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "50");

    private NewTable() {}

    /** Metadata that keeps the schema's field ids, which the data files carry already. */
    static TableMetadata metadata(Schema schema, TableShape shape, Map<String, String> properties, String location) {
        Map<String, String> all = new HashMap<>(PROPERTIES);
        all.putAll(properties);
        String version = all.remove(TableProperties.FORMAT_VERSION);
        return TableMetadata.buildFromEmpty(version == null ? FORMAT_VERSION : Integer.parseInt(version))
                .assignUUID()
                .setLocation(location)
                .setCurrentSchema(schema, schema.highestFieldId())
                .setDefaultPartitionSpec(shape.spec(schema))
                .setDefaultSortOrder(shape.sortOrder(schema))
                .setProperties(all)
                .build();
    }
}
