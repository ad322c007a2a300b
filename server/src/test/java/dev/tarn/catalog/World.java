package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.TestAccess;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.storage.Faults;
import dev.tarn.storage.TestStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** One database and one warehouse, with servers that come and go. */
final class World implements AutoCloseable {
    static final Schema NUMBERS = new Schema(
            NestedField.optional(1, "n", Types.LongType.get()),
            NestedField.optional(2, "text", Types.StringType.get()));

    final Database database;
    final TestAccess access;
    final Path warehouse;
    final Caller admin;
    private int servers;

    World(Database database, Path folder) {
        this.database = database;
        this.access = TestAccess.on(database);
        this.warehouse = folder.resolve("warehouse");
        this.admin = access.admin();
    }

    /** A server process: new objects on the same database and folder. */
    record Server(Tables tables, CatalogParts parts, TestStorage storage, Faults faults) {}

    Server server() {
        return server(Faults.none());
    }

    Server server(Faults faults) {
        Random random = new Random(++servers);
        TestStorage storage =
                TestStorage.on(database, warehouse, new Ids(access.clock(), random), access.clock(), faults);
        CatalogParts parts = TestTables.parts(database, access, storage, faults, random);
        return new Server(new Tables(parts), parts, storage, faults);
    }

    /** A server that starts after all others have died, and has cleaned what they left. */
    Server restarted() {
        Server server = server();
        server.storage().intents().recover(DatabaseKind.SQLITE);
        server.storage().readers().recover(DatabaseKind.SQLITE);
        server.storage().doomed().sweep();
        return server;
    }

    /** Writes a data file as a worker does. */
    static WrittenFile dataFile(TableWrite write, int number, Schema schema, Object... rows) {
        Path folder = write.shape().isPlain() ? write.dataFolder() : write.ownFolder();
        Path file = folder.resolve("%s-%d.parquet".formatted(write.filePrefix(), number));
        try {
            FileAppender<Record> appender = Parquet.write(org.apache.iceberg.Files.localOutput(file.toFile()))
                    .schema(schema)
                    .createWriterFunc(type -> GenericParquetWriter.create(schema, type))
                    .build();
            try (appender) {
                for (Object row : rows) {
                    GenericRecord cells = GenericRecord.create(schema);
                    cells.set(0, row);
                    appender.add(cells);
                }
            }
            return new WrittenFile(file, rows.length, Files.size(file), partition(write, rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tables here are partitioned by their first column alone. */
    private static List<@Nullable String> partition(TableWrite write, Object... rows) {
        return write.shape().partitioning().isEmpty() ? List.of() : List.of(String.valueOf(rows[0]));
    }

    /** Writes the numbers in one file and commits. */
    long write(Server server, String table, WriteMode mode, Long... numbers) {
        try (TableWrite write = server.tables().begin(admin, TableName.parse(table), mode)) {
            List<WrittenFile> files =
                    numbers.length == 0 ? List.of() : List.of(dataFile(write, 0, NUMBERS, (Object[]) numbers));
            return write.commit(NUMBERS, files);
        }
    }

    /**
     * Takes the first row of the table's only file away, and adds numbers.
     *
     * @param rewrites whether the file goes, and what is left of it is among the numbers
     */
    void changeFirstRow(Server server, String table, boolean rewrites, Long... numbers) {
        try (TableWrite write = server.tables().begin(admin, TableName.parse(table), WriteMode.CHANGE)) {
            ReadableTable read = server.tables().read(admin, write.name());
            Schema places = new Schema(
                    NestedField.required(1, "f", Types.LongType.get()),
                    NestedField.required(2, "r", Types.LongType.get()));
            Path file = write.dataFolder().resolve(write.filePrefix() + "-places.parquet");
            try (CloseableIterable<FileScanTask> tasks = read.table().newScan().planFiles()) {
                FileAppender<Record> appender = Parquet.write(org.apache.iceberg.Files.localOutput(file.toFile()))
                        .schema(places)
                        .createWriterFunc(type -> GenericParquetWriter.create(places, type))
                        .build();
                try (appender) {
                    GenericRecord place = GenericRecord.create(places);
                    place.set(0, 0L);
                    place.set(1, 0L);
                    appender.add(place);
                }
                List<RowChange.Touched> touched = new ArrayList<>();
                tasks.forEach(task -> touched.add(new RowChange.Touched(task, 0, 1)));
                write.change(
                        new RowChange(read, Expressions.alwaysTrue(), true, touched, List.of(), rewrites, file),
                        List.of(dataFile(write, 0, NUMBERS, (Object[]) numbers)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Puts one file with these numbers in the place of all files of the table. */
    void rewrite(Server server, String table, Long... numbers) {
        try (TableWrite write = server.tables().begin(admin, TableName.parse(table), WriteMode.REWRITE)) {
            ReadableTable read = server.tables().read(admin, write.name());
            List<FileScanTask> files = new ArrayList<>();
            try (CloseableIterable<FileScanTask> tasks = read.table().newScan().planFiles()) {
                tasks.forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            write.rewrite(new FileRewrite(read, files, List.of(), false), List.of(dataFile(write, 0, NUMBERS, (Object[])
                    numbers)));
        }
    }

    /** A view of one column. */
    static NewView view(String sql) {
        return new NewView(sql, List.of("shop"), NUMBERS, List.of(), Optional.empty());
    }

    /** The first column of all rows, in order. */
    List<Object> rows(Server server, String table) {
        return rows(server.tables().read(admin, TableName.parse(table)));
    }

    static List<Object> rows(ReadableTable table) {
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table.table()).build()) {
            List<Object> values = new ArrayList<>();
            records.forEach(record -> values.add(record.get(0)));
            return values.stream().sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files of the warehouse, as locations. */
    Set<String> files() {
        if (!Files.exists(warehouse)) {
            return new TreeSet<>();
        }
        try (Stream<Path> paths = Files.walk(warehouse)) {
            return paths.filter(Files::isRegularFile)
                    .map(dev.tarn.storage.Warehouse::location)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files that the tables of the tenant name: metadata and its log, manifest lists, manifests, data files. */
    Set<String> knownFiles(Server server) {
        TreeSet<String> known = new TreeSet<>();
        CatalogStore store = server.parts().store();
        for (Pointer pointer : store.list(
                admin.tenantId(), Optional.of(Pointer.Kind.TABLE), Optional.empty(), CatalogStore.Place.START, 1000)) {
            known.addAll(TableContents.of(server.parts(), pointer.location()));
        }
        for (DroppedTable table : server.parts().dropped().list(admin.tenantId(), 1000)) {
            known.addAll(TableContents.of(server.parts(), table.metadataLocation()));
        }
        return known;
    }

    long intents() {
        return database.client()
                .sql("SELECT COUNT(*) FROM write_intents")
                .query(Long.class)
                .single();
    }

    /** How many rows there are of files that wait to go. */
    long doomed() {
        return database.client()
                .sql("SELECT COUNT(*) FROM doomed_files")
                .query(Long.class)
                .single();
    }

    static Long[] numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Long::valueOf).toArray(Long[]::new);
    }

    @Override
    public void close() {
        access.close();
        database.close();
    }
}
