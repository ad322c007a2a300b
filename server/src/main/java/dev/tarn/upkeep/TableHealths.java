package dev.tarn.upkeep;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableName;
import dev.tarn.engine.EngineSettings;
import dev.tarn.storage.Readers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;

/**
 * How tables are. A version's files never change, so what was counted of them is kept by the version; what the table's history
 * tells is cheap and is always counted anew.
 */
public final class TableHealths {
    private static final int MOST_KEPT = 200_000;
    private static final int PARTS_OF_TABLE = 16;

    private static final List<String> DATA_COLUMNS = List.of(
            "content",
            "file_path",
            "file_format",
            "partition",
            "record_count",
            "file_size_in_bytes",
            "column_sizes",
            "value_counts",
            "null_value_counts",
            "lower_bounds",
            "upper_bounds");

    private static final List<String> DELETE_COLUMNS =
            List.of("content", "file_path", "file_format", "partition", "record_count", "file_size_in_bytes");

    private final Access access;
    private final TableInspection tables;
    private final Readers readers;
    private final EngineSettings settings;
    private final Clock clock;
    private final Cache<Key, Counted> counted = Caffeine.newBuilder()
            .maximumWeight(MOST_KEPT)
            .<Key, Counted>weigher(
                    (key, version) -> PARTS_OF_TABLE + version.columns().size())
            .build();

    TableHealths(Access access, TableInspection tables, Readers readers, EngineSettings settings, Clock clock) {
        this.access = access;
        this.tables = tables;
        this.readers = readers;
        this.settings = settings;
        this.clock = clock;
    }

    /** What decides what is counted. Ids are what another's metadata says; a location is checked to be the tenant's to read. */
    private record Key(String table, String location, long snapshot, int schema, int spec, int order, long target) {}

    /** What was counted of a version. */
    private record Counted(
            TableHealth.Files files,
            TableHealth.Deletes deletes,
            TableHealth.Partitions partitions,
            List<TableHealth.SizeRange> sizes,
            OptionalDouble clusteringDepth,
            List<TableHealth.ColumnStatistics> columns,
            TableHealth.Saving saving) {}

    /** How a table that the caller sees is; what tells of its values, to who may read all of it alone. */
    public TableHealth of(Caller caller, TableName name) {
        access.requireSomebody(caller);
        try (Readers.Registered _ = readers.begin()) {
            return of(tables.describe(caller, name));
        }
    }

    /** The same of one that the caller has been given to read. */
    public TableHealth of(Caller caller, ReadableTable table) {
        access.requireSomebody(caller);
        return of(table);
    }

    /** @param table that was looked up after a reading had begun, whose manifests stay until it ends */
    TableHealth of(ReadableTable table) {
        Counted version = counted(table);
        boolean full = table.rights().isFull();
        KeptVersions versions = KeptVersions.of(table.table(), clock.instant());
        return new TableHealth(
                table.name().text(),
                versions.snapshots(),
                versions.oldest(),
                target(table.table()),
                version.files(),
                version.deletes(),
                version.partitions(),
                version.sizes(),
                full ? version.clusteringDepth() : OptionalDouble.empty(),
                full ? version.columns() : List.of(),
                versions.growth(),
                version.saving(),
                Recommendation.of(version.files(), version.deletes(), version.saving(), versions));
    }

    private long target(Table table) {
        return target(table, settings);
    }

    /** About how large a data file of the table is to be. */
    static long target(Table table, EngineSettings settings) {
        return PropertyUtil.propertyAsLong(
                table.properties(),
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                settings.targetFile().toBytes());
    }

    private Counted counted(ReadableTable readable) {
        Table table = readable.table();
        if (readable.snapshotId().isEmpty()) {
            return count(table, List.of());
        }
        Key key = new Key(
                table.uuid().toString(),
                table.location(),
                readable.snapshotId().getAsLong(),
                table.schema().schemaId(),
                table.spec().specId(),
                table.sortOrder().orderId(),
                target(table));
        return counted.get(key, any -> {
            Snapshot snapshot = table.snapshot(key.snapshot());
            return count(table, snapshot.allManifests(table.io()));
        });
    }

    private Counted count(Table table, List<ManifestFile> manifests) {
        Map<Integer, PartitionSpec> specs = table.specs();
        FileFacts facts = new FileFacts(
                specs, table.spec().specId(), target(table), new ColumnFacts(table.schema(), table.sortOrder()));
        for (ManifestFile manifest : manifests) {
            count(table, manifest, specs, facts);
        }
        return new Counted(
                facts.files(manifests.size()),
                facts.deletes(),
                facts.partitions(),
                facts.sizes(),
                facts.clusteringDepth(),
                new ArrayList<>(facts.columns()),
                facts.saving());
    }

    private static void count(Table table, ManifestFile manifest, Map<Integer, PartitionSpec> specs, FileFacts facts) {
        try {
            switch (manifest.content()) {
                case DATA -> {
                    try (ManifestReader<DataFile> files =
                            ManifestFiles.read(manifest, table.io(), specs).select(DATA_COLUMNS)) {
                        files.forEach(facts::add);
                    }
                }
                case DELETES -> {
                    try (ManifestReader<DeleteFile> files = ManifestFiles.readDeleteManifest(
                                    manifest, table.io(), specs)
                            .select(DELETE_COLUMNS)) {
                        files.forEach(facts::add);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
