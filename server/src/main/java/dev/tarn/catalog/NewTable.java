package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.TypeUtil;

/** How a table that we make begins. */
final class NewTable {
    static final int FORMAT_OF_DEFAULTS = 3;
    static final int FORMAT_VERSION = 2;

    /** A reader that began a minute ago still finds its metadata file; the log is for people after that. */
    private static final Map<String, String> PROPERTIES = Map.of(
            TableProperties.PARQUET_COMPRESSION, "zstd",
            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "50");

    private NewTable() {}

    static boolean hasDefaults(Schema schema) {
        return TypeUtil.indexById(schema.asStruct()).values().stream()
                .anyMatch(field -> field.writeDefault() != null || field.initialDefault() != null);
    }

    static TarnException noDefaults(int format) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "Columns have defaults in tables of format 3 alone, and this one is of format %d; set its property format-version to 3 first"
                        .formatted(format));
    }

    /** Metadata that keeps the schema's field ids, which the data files carry already. */
    static TableMetadata metadata(Schema schema, TableShape shape, Map<String, String> properties, String location) {
        Map<String, String> all = new HashMap<>(PROPERTIES);
        all.putAll(properties);
        String version = all.remove(TableProperties.FORMAT_VERSION);
        int format = version == null ? FORMAT_VERSION : Integer.parseInt(version);
        if (format < FORMAT_OF_DEFAULTS && hasDefaults(schema)) {
            throw noDefaults(format);
        }
        return TableMetadata.buildFromEmpty(format)
                .assignUUID()
                .setLocation(location)
                .setCurrentSchema(schema, schema.highestFieldId())
                .setDefaultPartitionSpec(shape.spec(schema))
                .setDefaultSortOrder(shape.sortOrder(schema))
                .setProperties(all)
                .build();
    }
}
