package dev.tarn.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * A table with the columns of one schema, and of its data files those alone that some manifests list: what Iceberg plans of it is
 * that part of the whole plan. Deletes are all there.
 */
final class ScannedTable extends BaseTable {
    private static final long serialVersionUID = 1L;

    private final transient Schema schema;
    private final transient Set<String> manifests;
    private final transient Map<Integer, PartitionSpec> specs;

    ScannedTable(TableMetadata metadata, FileIO files, Schema schema, Set<String> manifests) {
        super(new StaticTableOperations(metadata, files), "scan", report -> {});
        this.schema = schema;
        this.manifests = Set.copyOf(manifests);
        this.specs = specs(metadata, schema);
    }

    /** The table's partitionings of the columns of a schema. */
    static Map<Integer, PartitionSpec> specs(TableMetadata metadata, Schema schema) {
        return schema.schemaId() == metadata.currentSchemaId()
                ? metadata.specsById()
                : metadata.specs().stream()
                        .collect(Collectors.toMap(
                                PartitionSpec::specId, spec -> spec.toUnbound().bind(schema, true)));
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Map<Integer, PartitionSpec> specs() {
        return specs;
    }

    @Override
    public @Nullable Snapshot currentSnapshot() {
        Snapshot current = super.currentSnapshot();
        return current == null ? null : new Part(current);
    }

    @Override
    public @Nullable Snapshot snapshot(long snapshotId) {
        Snapshot whole = super.snapshot(snapshotId);
        return whole == null ? null : new Part(whole);
    }

    /** A snapshot with some of its manifests, and the schema of the scan. */
    @SuppressWarnings("deprecation") // the interface still asks for it
    private final class Part implements Snapshot {
        private static final long serialVersionUID = 1L;

        private final Snapshot whole;

        Part(Snapshot whole) {
            this.whole = whole;
        }

        @Override
        public List<ManifestFile> dataManifests(FileIO io) {
            return whole.dataManifests(io).stream()
                    .filter(manifest -> manifests.contains(manifest.path()))
                    .toList();
        }

        @Override
        public Integer schemaId() {
            return schema.schemaId();
        }

        @Override
        public List<ManifestFile> allManifests(FileIO io) {
            return whole.allManifests(io);
        }

        @Override
        public List<ManifestFile> deleteManifests(FileIO io) {
            return whole.deleteManifests(io);
        }

        @Override
        public long sequenceNumber() {
            return whole.sequenceNumber();
        }

        @Override
        public long snapshotId() {
            return whole.snapshotId();
        }

        @Override
        public Long parentId() {
            return whole.parentId();
        }

        @Override
        public long timestampMillis() {
            return whole.timestampMillis();
        }

        @Override
        public String operation() {
            return whole.operation();
        }

        @Override
        public Map<String, String> summary() {
            return whole.summary();
        }

        @Override
        public Iterable<DataFile> addedDataFiles(FileIO io) {
            return whole.addedDataFiles(io);
        }

        @Override
        public Iterable<DataFile> removedDataFiles(FileIO io) {
            return whole.removedDataFiles(io);
        }

        @Override
        public String manifestListLocation() {
            return whole.manifestListLocation();
        }
    }
}
