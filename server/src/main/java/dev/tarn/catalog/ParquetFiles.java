package dev.tarn.catalog;

import dev.tarn.storage.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;

/** What Iceberg keeps about a Parquet file: counts, bounds and where it can be split, from its footer. */
final class ParquetFiles {
    private ParquetFiles() {}

    static DataFile describe(WrittenFile file, MetricsConfig metricsConfig, PartitionSpec spec, SortOrder order) {
        LocalInputFile input = new LocalInputFile(file.path());
        try (ParquetFileReader reader = ParquetFileReader.open(input)) {
            ParquetMetadata footer = reader.getFooter();
            Metrics metrics = ParquetUtil.footerMetrics(footer, Stream.empty(), metricsConfig);
            if (metrics.recordCount() != file.rows()) {
                throw new IllegalStateException("A data file has %d rows where its writer counted %d"
                        .formatted(metrics.recordCount(), file.rows()));
            }
            DataFiles.Builder described = DataFiles.builder(spec);
            if (spec.isPartitioned()) {
                described.withPartition(PartitionTuple.of(spec, file.partition()));
            }
            return described
                    .withSortOrder(order)
                    .withPath(Warehouse.location(file.path()))
                    .withFormat(FileFormat.PARQUET)
                    .withFileSizeInBytes(input.getLength())
                    .withMetrics(metrics)
                    .withSplitOffsets(ParquetUtil.getSplitOffsets(footer))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("A data file that was just written cannot be read", e);
        }
    }
}
