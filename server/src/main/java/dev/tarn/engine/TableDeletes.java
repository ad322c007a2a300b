package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.RowDeletes;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.StructLikeWrapper;

/**
 * The deletes of the files that a query reads, as files for the worker. Iceberg's own readers decode them (position deletes and
 * deletion vectors become the same), in whatever format they are; the worker leaves the rows out. An equality delete holds for
 * files of its partition that are older than it, or of all partitions when its specification has none.
 */
final class TableDeletes {
    private static final Schema POSITIONS = new Schema(
            NestedField.required(1, "file", Types.StringType.get()),
            NestedField.required(2, "pos", Types.LongType.get()));
    private static final NestedField SEQUENCE = NestedField.required(2, "seq", Types.LongType.get());
    private static final NestedField SCOPE = NestedField.required(3, "scope", Types.LongType.get());
    private static final Schema SCOPES =
            new Schema(NestedField.required(1, "file", Types.StringType.get()), SEQUENCE, SCOPE);
    private static final int FIRST_KEY = 4;

    private final ReadableTable table;
    private final ScratchTables scratch;
    private final Loader loader;
    private final Map<String, FileScanTask> files = new LinkedHashMap<>();
    private final Map<List<Object>, Long> scopes = new HashMap<>();

    TableDeletes(ReadableTable table, FilePlans plans, ScratchTables scratch) {
        this.table = table;
        this.scratch = scratch;
        this.loader = new Loader(plans);
    }

    /** @param path of the file as the worker knows it */
    void add(FileScanTask task, String path) {
        files.put(path, task);
    }

    Optional<RowDeletes> written() {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Map<String, DeleteFile> equal = new LinkedHashMap<>();
        boolean anyPositions = false;
        for (FileScanTask task : files.values()) {
            for (DeleteFile delete : task.deletes()) {
                if (delete.content() == FileContent.EQUALITY_DELETES) {
                    equal.put(delete.location(), delete);
                } else {
                    anyPositions = true;
                }
            }
        }
        Optional<String> positions = anyPositions ? positions() : Optional.empty();
        return Optional.of(
                equal.isEmpty()
                        ? new RowDeletes(positions, Optional.empty(), List.of())
                        : new RowDeletes(positions, Optional.of(scopes()), equal(equal.values())));
    }

    private Optional<String> positions() {
        GenericRecord row = GenericRecord.create(POSITIONS);
        SourceFile written =
                scratch.write(POSITIONS, "deleted rows in " + table.name().text(), sink -> {
                    for (Map.Entry<String, FileScanTask> file : files.entrySet()) {
                        List<DeleteFile> deletes = file.getValue().deletes().stream()
                                .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
                                .toList();
                        if (!deletes.isEmpty()) {
                            row.set(0, file.getKey());
                            loader.loadPositionDeletes(
                                            deletes, file.getValue().file().location())
                                    .forEach(position -> {
                                        row.set(1, position);
                                        sink.accept(row);
                                    });
                        }
                    }
                });
        return path(written);
    }

    /** The engine fails at a file without rows. */
    private static Optional<String> path(SourceFile written) {
        return Optional.of(written).filter(file -> file.rows() > 0).map(SourceFile::path);
    }

    private String scopes() {
        GenericRecord row = GenericRecord.create(SCOPES);
        SourceFile written = scratch.write(
                SCOPES,
                "files of " + table.name().text(),
                sink -> files.forEach((path, task) -> {
                    row.set(0, path);
                    row.set(1, sequence(task.file()));
                    row.set(2, scope(task.file()));
                    sink.accept(row);
                }));
        return written.path();
    }

    private List<RowDeletes.Equal> equal(Iterable<DeleteFile> deletes) {
        record Kind(Set<Integer> ids, boolean everywhere) {}
        Map<Kind, List<DeleteFile>> kinds = new LinkedHashMap<>();
        for (DeleteFile delete : deletes) {
            boolean everywhere = spec(delete).isUnpartitioned();
            kinds.computeIfAbsent(
                            new Kind(new TreeSet<>(delete.equalityFieldIds()), everywhere), kind -> new ArrayList<>())
                    .add(delete);
        }
        List<RowDeletes.Equal> written = new ArrayList<>();
        kinds.forEach((kind, files) ->
                equal(keys(kind.ids()), files, kind.everywhere()).ifPresent(written::add));
        return written;
    }

    private Optional<RowDeletes.Equal> equal(List<NestedField> keys, List<DeleteFile> deletes, boolean everywhere) {
        List<NestedField> columns = new ArrayList<>(List.of(SEQUENCE, SCOPE));
        for (int i = 0; i < keys.size(); i++) {
            columns.add(NestedField.optional(FIRST_KEY + i, "k" + i, keys.get(i).type()));
        }
        Schema schema = new Schema(columns);
        Schema read = new Schema(keys);
        SourceFile written =
                scratch.write(schema, "equality deletes in " + table.name().text(), sink -> {
                    for (DeleteFile delete : deletes) {
                        GenericRecord row = GenericRecord.create(schema);
                        row.set(0, sequence(delete));
                        row.set(1, scope(delete));
                        InternalRecordWrapper values = new InternalRecordWrapper(read.asStruct());
                        try (CloseableIterable<Record> records = FormatModelRegistry.<Record, Object>readBuilder(
                                        delete.format(),
                                        Record.class,
                                        table.table().io().newInputFile(delete))
                                .project(read)
                                .build()) {
                            for (Record record : records) {
                                StructLike internal = values.wrap(record);
                                for (int i = 0; i < keys.size(); i++) {
                                    row.set(2 + i, internal.get(i, Object.class));
                                }
                                sink.accept(row);
                            }
                        }
                    }
                });
        List<SourceColumn> known = SourceColumns.of(table, keys);
        return path(written).map(path -> new RowDeletes.Equal(known, path, everywhere));
    }

    /** The columns of the ids: as they are now, or as the newest of the table's schemas has them that does. */
    private List<NestedField> keys(Set<Integer> ids) {
        List<Schema> schemas = new ArrayList<>();
        table.table().schemas().values().stream()
                .sorted(Comparator.comparingInt(Schema::schemaId).reversed())
                .forEach(schemas::add);
        schemas.addFirst(table.schema());
        return ids.stream()
                .map(id -> schemas.stream()
                        .flatMap(schema -> schema.columns().stream())
                        .filter(column ->
                                column.fieldId() == id && column.type().isPrimitiveType())
                        .findFirst()
                        .orElseThrow(() -> new TarnException(
                                ErrorCode.STATEMENT_NOT_ALLOWED,
                                "The table %s has equality deletes by a part of a column, which this server cannot read"
                                        .formatted(table.name().text()))))
                .toList();
    }

    private PartitionSpec spec(ContentFile<?> file) {
        return Objects.requireNonNull(table.table().specs().get(file.specId()));
    }

    private static long sequence(ContentFile<?> file) {
        Long sequence = file.dataSequenceNumber();
        return sequence == null ? 0 : sequence;
    }

    /** A number of its partition, the same for the same one. */
    private long scope(ContentFile<?> file) {
        List<Object> key = List.of(
                file.specId(),
                StructLikeWrapper.forType(spec(file).partitionType()).set(file.partition()));
        return scopes.computeIfAbsent(key, same -> (long) scopes.size());
    }

    /** A delete file of many data files is read once a statement, and a small one once for many. */
    private final class Loader extends BaseDeleteLoader {
        private final Map<String, Object> loaded = new HashMap<>();
        private final FilePlans plans;

        Loader(FilePlans plans) {
            super(delete -> table.table().io().newInputFile(delete));
            this.plans = plans;
        }

        @Override
        protected boolean canCache(long size) {
            return true;
        }

        @Override
        @SuppressWarnings("unchecked")
        protected <V> V getOrLoad(String key, Supplier<V> supplier, long size) {
            Object known = loaded.get(key);
            if (known == null) {
                known = FilePlans.mayKeepDeletes(size) ? plans.deletes(table, key, supplier, size) : supplier.get();
                loaded.put(key, known);
            }
            return (V) known;
        }
    }
}
