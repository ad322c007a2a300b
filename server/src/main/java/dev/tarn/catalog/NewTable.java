package dev.tarn.catalog;

import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
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
    static TableMetadata metadata(Schema schema, String location) {
        return TableMetadata.buildFromEmpty(FORMAT_VERSION)
                .assignUUID()
                .setLocation(location)
                .setCurrentSchema(schema, schema.highestFieldId())
                .setDefaultPartitionSpec(PartitionSpec.unpartitioned())
                .setDefaultSortOrder(SortOrder.unsorted())
                .setProperties(PROPERTIES)
                .build();
    }
}
