package dev.tarn.catalog;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** The data files of a write as a table takes them. Read again only when something of them, or of the table, has changed. */
final class NewFiles {
    private final CatalogParts parts;
    private final List<WrittenFile> files;
    private @Nullable Described described;

    private record Described(PartitionSpec spec, SortOrder order, List<DataFile> files) {}

    NewFiles(CatalogParts parts, List<WrittenFile> files) {
        this.parts = parts;
        this.files = files;
    }

    /** Gives the files' columns the ids that those of the same names have. */
    void stamp(Schema columns) {
        for (WrittenFile file : files) {
            if (FieldIds.stamp(file.path(), columns)) {
                described = null;
            }
        }
    }

    /**
     * The files, durable from here on.
     *
     * @param spec that they were partitioned by
     * @param order that their rows are in
     */
    List<DataFile> described(TableMetadata metadata, PartitionSpec spec, SortOrder order) {
        if (described == null
                || !described.spec().equals(spec)
                || described.order().orderId() != order.orderId()) {
            parts.files().sync(files.stream().map(WrittenFile::path).toList());
            MetricsConfig config = MetricsConfig.from(metadata.properties(), metadata.schema(), order);
            described = new Described(
                    spec,
                    order,
                    files.stream()
                            .map(file -> ParquetFiles.describe(file, config, spec, order))
                            .toList());
        }
        return described.files();
    }
}
