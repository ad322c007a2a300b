package dev.tarn.catalog;

import dev.tarn.storage.WriteIntent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.parquet.InternalReader;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.DeleteGranularity;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.deletes.SortingPositionOnlyDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.FileWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.ContentFileUtil;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * Writes down which rows of files are no rows any more: deletion vectors from format 3 on, which replace all earlier position deletes
 * of their file, else position deletes. A file that loses all that it had goes itself. Places are held as bitmaps.
 */
final class RowDeleteFiles {
    private static final Schema PLACES = new Schema(
            NestedField.required(1, "f", Types.LongType.get()), NestedField.required(2, "r", Types.LongType.get()));
    private static final int VECTORS_FROM = 3;

    private final CatalogParts parts;
    private final WriteIntent intent;
    private final RowChange change;
    private final Table table;
    private final List<DataFile> emptied = new ArrayList<>();
    private final List<DeleteFile> added = new ArrayList<>();
    private final List<DeleteFile> removed = new ArrayList<>();
    private final Map<String, PositionDeleteIndex> previous = new HashMap<>();
    private int files;

    private RowDeleteFiles(CatalogParts parts, WriteIntent intent, RowChange change) {
        this.parts = parts;
        this.intent = intent;
        this.change = change;
        this.table = change.read().table();
    }

    /**
     * What a commit adds and takes away beside the new rows.
     *
     * @param emptied files that have no rows any more
     * @param removed deletes that are of no use any more
     */
    record Written(List<DataFile> emptied, List<DeleteFile> added, List<DeleteFile> removed) {}

    static Written write(CatalogParts parts, WriteIntent intent, RowChange change) {
        RowDeleteFiles deletes = new RowDeleteFiles(parts, intent, change);
        try {
            change.whole().forEach(deletes::empty);
            if (change.rewrites()) {
                change.touched().forEach(touched -> deletes.empty(touched.task()));
            } else if (!change.touched().isEmpty()) {
                deletes.writeAll();
            }
            Files.deleteIfExists(change.places());
        } catch (IOException e) {
            throw new UncheckedIOException("The deleted rows could not be written down", e);
        }
        return new Written(deletes.emptied, deletes.added, deletes.removed);
    }

    /** Deletes of other files than this one may stand in the same delete file, which then stays. */
    private void empty(FileScanTask task) {
        emptied.add(task.file());
        task.deletes().stream().filter(ContentFileUtil::isFileScoped).forEach(removed::add);
    }

    private void writeAll() throws IOException {
        int version = ((HasTableOperations) table).operations().current().formatVersion();
        try (CloseableIterable<StructLike> rows = Parquet.read(
                        org.apache.iceberg.Files.localInput(change.places().toFile()))
                .project(PLACES)
                .createReaderFunc(type -> InternalReader.create(PLACES, type))
                .reuseContainers()
                .build()) {
            Iterator<StructLike> places = rows.iterator();
            if (version >= VECTORS_FROM) {
                writeVectors(places);
            } else if (granularity() == DeleteGranularity.FILE) {
                writeFiles(places);
            } else {
                writePartitions(places);
            }
        }
    }

    private DeleteGranularity granularity() {
        return DeleteGranularity.fromString(table.properties()
                .getOrDefault(TableProperties.DELETE_GRANULARITY, TableProperties.DELETE_GRANULARITY_DEFAULT));
    }

    private interface Sink {
        void delete(long row);
    }

    /** The next file's places. */
    private static void take(Iterator<StructLike> places, RowChange.Touched touched, Sink sink) {
        for (long i = 0; i < touched.rows(); i++) {
            StructLike place = places.next();
            if (place.get(0, Long.class) != touched.number()) {
                throw new IllegalStateException("The places of deleted rows are in no order");
            }
            sink.delete(place.get(1, Long.class));
        }
    }

    /** Whether the file has no rows any more; then its places are behind us. */
    private boolean isEmptied(Iterator<StructLike> places, RowChange.Touched touched) {
        long deleted = previous(touched.task(), false).cardinality() + touched.rows();
        if (deleted < touched.task().file().recordCount()) {
            return false;
        }
        take(places, touched, row -> {});
        empty(touched.task());
        return true;
    }

    /** Iceberg's factory of files gives them names of its own, and ours must begin with the intent's prefix. */
    @SuppressWarnings("deprecation")
    private void writeVectors(Iterator<StructLike> places) throws IOException {
        BaseDVFileWriter vectors =
                new BaseDVFileWriter(() -> output("puffin"), path -> Objects.requireNonNull(previous.get(path)));
        boolean any = false;
        try (vectors) {
            for (RowChange.Touched touched : change.touched()) {
                FileScanTask task = touched.task();
                if (!isEmptied(places, touched)) {
                    any = true;
                    previous.put(task.file().location(), previous(task, false));
                    take(
                            places,
                            touched,
                            row -> vectors.delete(
                                    task.file().location(),
                                    row,
                                    task.spec(),
                                    task.file().partition()));
                }
            }
        }
        if (any) {
            add(vectors.result());
        }
    }

    /** One delete file a data file, with the earlier deletes of that data file alone. */
    private void writeFiles(Iterator<StructLike> places) throws IOException {
        for (RowChange.Touched touched : change.touched()) {
            if (isEmptied(places, touched)) {
                continue;
            }
            FileScanTask task = touched.task();
            SortingPositionOnlyDeleteWriter<StructLike> writer = new SortingPositionOnlyDeleteWriter<>(
                    () -> writer(task.spec(), task.file().partition()),
                    DeleteGranularity.FILE,
                    path -> previous(task, true));
            try (writer) {
                take(places, touched, row -> writer.write(place(task, row)));
            }
            add(writer.result());
        }
    }

    private void writePartitions(Iterator<StructLike> places) throws IOException {
        record Partition(int spec, StructLikeWrapper values) {}
        Map<Partition, SortingPositionOnlyDeleteWriter<StructLike>> writers = new LinkedHashMap<>();
        for (RowChange.Touched touched : change.touched()) {
            FileScanTask task = touched.task();
            if (isEmptied(places, touched)) {
                continue;
            }
            PartitionSpec spec = task.spec();
            StructLike values = task.file().partition();
            SortingPositionOnlyDeleteWriter<StructLike> writer = writers.computeIfAbsent(
                    new Partition(
                            spec.specId(),
                            StructLikeWrapper.forType(spec.partitionType()).set(values)),
                    partition -> new SortingPositionOnlyDeleteWriter<>(
                            () -> writer(spec, values), DeleteGranularity.PARTITION));
            take(places, touched, row -> writer.write(place(task, row)));
        }
        for (SortingPositionOnlyDeleteWriter<StructLike> writer : writers.values()) {
            writer.close();
            add(writer.result());
        }
    }

    private static PositionDelete<StructLike> place(FileScanTask task, long row) {
        return PositionDelete.<StructLike>create().set(task.file().location(), row);
    }

    private FileWriter<PositionDelete<StructLike>, DeleteWriteResult> writer(PartitionSpec spec, StructLike partition) {
        try {
            return Parquet.writeDeletes(output("parquet"))
                    .set(TableProperties.PARQUET_COMPRESSION, "zstd")
                    .metricsConfig(MetricsConfig.forPositionDelete())
                    .withSpec(spec)
                    .withPartition(partition)
                    .overwrite()
                    .buildPositionWriter();
        } catch (IOException e) {
            throw new UncheckedIOException("The deleted rows could not be written down", e);
        }
    }

    private void add(DeleteWriteResult result) {
        added.addAll(result.deleteFiles());
        removed.addAll(result.rewrittenDeleteFiles());
    }

    private OutputFile output(String ending) {
        return parts.files()
                .newOutputFile(
                        "%s/data/%s-deletes-%d.%s".formatted(intent.location(), intent.filePrefix(), files++, ending));
    }

    /** The places that were deleted from a file before, all or by deletes of that file alone. */
    private PositionDeleteIndex previous(FileScanTask task, boolean ofFileAlone) {
        List<DeleteFile> deletes = task.deletes().stream()
                .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
                .filter(delete -> !ofFileAlone || ContentFileUtil.isFileScoped(delete))
                .toList();
        return new BaseDeleteLoader(delete -> table.io().newInputFile(delete))
                .loadPositionDeletes(deletes, task.file().location());
    }
}
