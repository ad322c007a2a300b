package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableVersion;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Warehouse;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataTableUtils;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The metadata of a table as rows. Files, partitions and manifests hold bounds, counts and paths of all rows and columns; so who
 * may see a part of the table is shown its history and refs alone, which say what the list of versions says.
 */
final class MetadataRows {
    private static final Set<String> LOCATIONS = Set.of("file_path", "path", "manifest_list", "referenced_data_file");

    private final Warehouse warehouse;

    MetadataRows(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** @throws TarnException {@code FORBIDDEN} for who may see a part of the table */
    NamedSource.OfRows of(TableName name, ReadableTable table, MetadataKind kind, TableVersion version) {
        if (!table.rights().isFull() && !kind.isToldToAll()) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The %s of a table tell of all of its rows and columns, and you may see a part of %s alone"
                            .formatted(kind.text(), table.name().text()));
        }
        if (!kind.isOfVersion() && !version.equals(TableVersion.NEWEST)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The %s of a table are those of all of its versions; leave the version out".formatted(kind.text()));
        }
        Table metadata = MetadataTableUtils.createMetadataTableInstance(table.table(), kind.type());
        Schema schema = metadata.schema();
        Set<Integer> locations = IntStream.range(0, schema.columns().size())
                .filter(i -> LOCATIONS.contains(schema.columns().get(i).name()))
                .boxed()
                .collect(Collectors.toSet());
        return new NamedSource.OfRows(
                name,
                schema,
                () -> CloseableIterable.transform(
                        CloseableIterable.concat(
                                CloseableIterable.transform(metadata.newScan().planFiles(), MetadataRows::rows)),
                        row -> new ToldRow(row, locations)));
    }

    private static CloseableIterable<StructLike> rows(FileScanTask task) {
        return task.asDataTask().rows();
    }

    /** A row in which the places of files are told without the server's folder. */
    private final class ToldRow implements StructLike {
        private final StructLike row;
        private final Set<Integer> locations;

        ToldRow(StructLike row, Set<Integer> locations) {
            this.row = row;
            this.locations = locations;
        }

        @Override
        public int size() {
            return row.size();
        }

        @Override
        public <T> T get(int position, Class<T> type) {
            T value = row.get(position, type);
            return locations.contains(position) && value != null ? type.cast(warehouse.told(value.toString())) : value;
        }

        @Override
        public <T> void set(int position, T value) {
            throw new UnsupportedOperationException("A row of metadata is read alone");
        }
    }
}
