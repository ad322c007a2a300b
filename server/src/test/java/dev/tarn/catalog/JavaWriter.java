package dev.tarn.catalog;

import dev.tarn.RunningServer;
import dev.tarn.storage.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.EncryptionKeyMetadata;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A table that Iceberg's own Java writers fill and delete from, and what its own reader says of it. */
public final class JavaWriter {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunningServer server;
    private final String name;

    public JavaWriter(RunningServer server, String name) {
        this.server = server;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** As it is now, for changes and commits. */
    public BaseTable table() {
        return CatalogTables.of(server, name);
    }

    private static EncryptedOutputFile file(BaseTable table, String extension) {
        return EncryptedFiles.encryptedOutput(
                org.apache.iceberg.Files.localOutput(path(table, extension).toFile()), EncryptionKeyMetadata.EMPTY);
    }

    private static Path path(BaseTable table, String extension) {
        Path folder = Path.of(table.location().substring("file:".length())).resolve("data");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder.resolve(UUID.randomUUID() + "." + extension);
    }

    /** A row of the table's columns, in order. */
    public static Record row(Table table, @Nullable Object... cells) {
        GenericRecord row = GenericRecord.create(table.schema());
        for (int i = 0; i < cells.length; i++) {
            row.set(i, cells[i]);
        }
        return row;
    }

    /** Writes the rows in one file for each partition and commits them. */
    public void append(List<Record> rows) {
        BaseTable table = table();
        var append = table.newAppend();
        dataFiles(table, rows).forEach(append::appendFile);
        append.commit();
    }

    private static List<DataFile> dataFiles(BaseTable table, List<Record> rows) {
        Map<PartitionKey, List<Record>> parts = new LinkedHashMap<>();
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        InternalRecordWrapper internal =
                new InternalRecordWrapper(table.schema().asStruct());
        for (Record row : rows) {
            key.partition(internal.wrap(row));
            parts.computeIfAbsent(key.copy(), same -> new ArrayList<>()).add(row);
        }
        List<DataFile> files = new ArrayList<>();
        parts.forEach((partition, part) -> {
            DataWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                    .dataFileFormat(FileFormat.PARQUET)
                    .dataSchema(table.schema())
                    .build()
                    .newDataWriter(
                            file(table, "parquet"), table.spec(), table.spec().isUnpartitioned() ? null : partition);
            try (writer) {
                part.forEach(writer::write);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            files.add(local(writer.toDataFile(), table.spec()));
        });
        return files;
    }

    /** The location as the catalog writes it. */
    private static DataFile local(DataFile file, PartitionSpec spec) {
        return org.apache.iceberg.DataFiles.builder(spec)
                .copy(file)
                .withPath(Warehouse.location(Path.of(file.location())))
                .build();
    }

    private static DeleteFile local(DeleteFile file, PartitionSpec spec) {
        var builder = org.apache.iceberg.FileMetadata.deleteFileBuilder(spec)
                .copy(file)
                .withPath(Warehouse.location(Path.of(file.location())));
        List<Integer> ids = file.equalityFieldIds();
        return (ids == null
                        ? builder
                        : builder.ofEqualityDeletes(
                                ids.stream().mapToInt(Integer::intValue).toArray()))
                .build();
    }

    /** Deletes every row that has the same values in some columns, in all partitions of the newest specification. */
    public void deleteEqual(List<String> columns, List<Record> keys) {
        BaseTable table = table();
        Schema schema = table.schema().select(columns);
        int[] ids =
                schema.columns().stream().mapToInt(Types.NestedField::fieldId).toArray();
        RowDelta delta =
                table.newRowDelta().validateFromSnapshot(table.currentSnapshot().snapshotId());
        Map<StructLike, PartitionSpec> partitions = new LinkedHashMap<>();
        if (table.spec().isUnpartitioned()) {
            delta.addDeletes(equal(table, schema, ids, keys, null));
        } else {
            tasks(table).stream()
                    .filter(task -> task.file().specId() == table.spec().specId())
                    .forEach(task -> partitions.put(task.partition(), task.spec()));
            partitions.keySet().stream()
                    .limit(2)
                    .forEach(partition -> delta.addDeletes(equal(table, schema, ids, keys, partition)));
        }
        delta.commit();
    }

    private static DeleteFile equal(
            BaseTable table, Schema schema, int[] ids, List<Record> keys, @Nullable StructLike partition) {
        EqualityDeleteWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                .deleteFileFormat(FileFormat.PARQUET)
                .equalityFieldIds(ids)
                .equalityDeleteRowSchema(schema)
                .build()
                .newEqualityDeleteWriter(file(table, "parquet"), table.spec(), partition);
        try (writer) {
            keys.forEach(key -> {
                GenericRecord row = GenericRecord.create(schema);
                schema.columns().forEach(column -> row.setField(column.name(), key.getField(column.name())));
                writer.write(row);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return local(writer.toDeleteFile(), table.spec());
    }

    /** Deletes the row at that place of every data file, if it has so many. */
    public void deletePosition(long position) {
        BaseTable table = table();
        RowDelta delta =
                table.newRowDelta().validateFromSnapshot(table.currentSnapshot().snapshotId());
        try {
            if (table.operations().current().formatVersion() > 2) {
                deleteByVectors(table, position, delta);
            } else {
                for (FileScanTask task : tasks(table)) {
                    if (task.file().recordCount() > position) {
                        PositionDeleteWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                                .deleteFileFormat(position % 2 == 0 ? FileFormat.PARQUET : FileFormat.AVRO)
                                .build()
                                .newPositionDeleteWriter(
                                        file(table, position % 2 == 0 ? "parquet" : "avro"),
                                        task.spec(),
                                        task.spec().isUnpartitioned() ? null : task.partition());
                        try (writer) {
                            writer.write(PositionDelete.<Record>create()
                                    .set(task.file().location(), position));
                        }
                        delta.addDeletes(local(writer.toDeleteFile(), task.spec()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delta.commit();
    }

    @SuppressWarnings("deprecation") // the other way names the file by a write intent
    private static void deleteByVectors(BaseTable table, long position, RowDelta delta) throws IOException {
        Map<String, FileScanTask> tasks = new LinkedHashMap<>();
        tasks(table).forEach(task -> tasks.put(task.file().location(), task));
        BaseDeleteLoader loader = new BaseDeleteLoader(delete -> table.io().newInputFile(delete));
        Path puffin = path(table, "puffin");
        DVFileWriter writer =
                new BaseDVFileWriter(() -> org.apache.iceberg.Files.localOutput(puffin.toFile()), path -> {
                    List<DeleteFile> before = Objects.requireNonNull(tasks.get(path)).deletes().stream()
                            .filter(delete -> delete.content() == org.apache.iceberg.FileContent.POSITION_DELETES)
                            .toList();
                    return before.isEmpty() ? null : loader.loadPositionDeletes(before, path);
                });
        try (writer) {
            tasks.forEach((path, task) -> {
                if (task.file().recordCount() > position) {
                    writer.delete(path, position, task.spec(), task.partition());
                }
            });
        }
        var result = writer.result();
        result.deleteFiles()
                .forEach(delete -> delta.addDeletes(
                        local(delete, Objects.requireNonNull(table.specs().get(delete.specId())))));
        result.rewrittenDeleteFiles().forEach(delta::removeDeletes);
    }

    private static List<FileScanTask> tasks(BaseTable table) {
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            List<FileScanTask> all = new ArrayList<>();
            tasks.forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Iceberg reads, each row as JSON, in order of that text. */
    public List<String> iceberg(@Nullable Long snapshot) {
        BaseTable table = table();
        int columns = (snapshot == null ? table.schema() : SnapshotUtil.schemaFor(table, snapshot))
                .columns()
                .size();
        IcebergGenerics.ScanBuilder scan = IcebergGenerics.read(table);
        try (CloseableIterable<Record> records = (snapshot == null ? scan : scan.useSnapshot(snapshot)).build()) {
            List<String> rows = new ArrayList<>();
            records.forEach(record -> rows.add(JSON.writeValueAsString(cells(record, columns))));
            return rows.stream().sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What SQL answers, in the same form. */
    public List<String> sql(@Nullable Long snapshot) {
        String statement = "select * from " + name + (snapshot == null ? "" : " version as of " + snapshot);
        RunningServer.Reply reply = server.post(
                "/tarn/v1/statements",
                JSON.writeValueAsString(JSON.createObjectNode().put("statement", statement)));
        if (reply.status() != 200) {
            throw new AssertionError(statement + ": " + reply.body());
        }
        List<String> rows = new ArrayList<>();
        reply.json().get("rows").forEach(row -> rows.add(row.toString()));
        return rows.stream().sorted().toList();
    }

    /** Behind the table's own columns it leaves those that it needed for deletes. */
    private static List<@Nullable Object> cells(Record record, int columns) {
        return Arrays.stream(new int[columns])
                .collect(ArrayList::new, (list, zero) -> list.add(value(record.get(list.size()))), ArrayList::addAll);
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean b -> b;
            case BigDecimal decimal -> decimal;
            case Number number -> number;
            case Record record -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                record.struct()
                        .fields()
                        .forEach(field -> fields.put(field.name(), value(record.getField(field.name()))));
                yield fields;
            }
            case List<?> list -> list.stream().map(JavaWriter::value).toList();
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                map.forEach((key, item) -> entries.put(key.toString(), value(item)));
                yield entries;
            }
            case ByteBuffer buffer -> {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                yield Base64.getEncoder().encodeToString(bytes);
            }
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            default -> value.toString();
        };
    }
}
