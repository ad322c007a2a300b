package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.TestAccess;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.FailingStores;
import dev.tarn.storage.Faults;
import dev.tarn.storage.TestStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;

/** The tables of one server process, for tests of other modules. */
public final class TestTables {
    private TestTables() {}

    public static Tables on(Database database, TestAccess access, TestStorage storage, Faults faults, Random random) {
        return new Tables(parts(database, access, storage, faults, random));
    }

    /** Other ways to commit to the tables of one server process. */
    public static CatalogCommits commits(
            Database database, TestAccess access, TestStorage storage, Faults faults, Random random) {
        CatalogParts parts = parts(database, access, storage, faults, random);
        return new CatalogCommits(parts, new Views(parts, access.clock()));
    }

    /** The catalog of one server process, for those who speak Iceberg. */
    public record Iceberg(IcebergTables tables, IcebergNamespaces namespaces) {}

    public static Iceberg iceberg(
            Database database, TestAccess access, TestStorage storage, Faults faults, Random random) {
        CatalogParts parts = parts(database, access, storage, faults, random);
        return new Iceberg(
                new IcebergTables(parts, new Views(parts, access.clock()), effect -> {}),
                new IcebergNamespaces(parts, effect -> {}));
    }

    static CatalogParts parts(Database database, TestAccess access, TestStorage storage, Faults faults, Random random) {
        CatalogRows rows = new CatalogRows(
                FailingStores.of(CatalogStore.class, new JdbcCatalogStore(database), faults),
                FailingStores.of(DroppedTableStore.class, new JdbcDroppedTableStore(database), faults));
        return new CatalogParts(
                access.access(),
                access.audit(),
                database,
                rows.store(),
                storage.intents(),
                storage.warehouse(),
                storage.files(),
                new MetadataCache(storage.files()),
                new CommitLocks(),
                random,
                rows.dropped(),
                access.clock(),
                new Ids(access.clock(), random),
                new CatalogSettings(Duration.ofDays(7), Duration.ofDays(30), 200),
                storage.readers(),
                storage.doomed(),
                new ImmediateCommits(database, rows, effect -> {}));
    }

    /** Leaves an old file at a table's location that nobody names. */
    static void leave(World.Server server, World world, String table) {
        String location = server.tables()
                .read(world.admin, TableName.parse(table))
                .table()
                .location();
        Path file = server.parts().warehouse().path(location).resolve("data/left.parquet");
        try {
            Files.writeString(file, "rows");
            Files.setLastModifiedTime(
                    file, FileTime.from(world.access.clock().instant().minus(Duration.ofDays(4))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes numbers, in a column n, as a worker does; returns the file's length. */
    public static long write(Path file, List<Long> numbers) {
        try (FileAppender<Record> appender = Parquet.write(org.apache.iceberg.Files.localOutput(file.toFile()))
                .schema(World.NUMBERS.select("n"))
                .createWriterFunc(type -> GenericParquetWriter.create(World.NUMBERS.select("n"), type))
                .build()) {
            for (Long number : numbers) {
                GenericRecord cells = GenericRecord.create(World.NUMBERS.select("n"));
                cells.set(0, number);
                appender.add(cells);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The column n of all rows, in order. */
    public static List<Long> numbers(Tables tables, Caller caller, String table) {
        ReadableTable read = tables.read(caller, TableName.parse(table));
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(read.table()).build()) {
            List<Long> numbers = new ArrayList<>();
            records.forEach(record -> numbers.add((Long) record.getField("n")));
            return numbers.stream().sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files that a table names, data and metadata; none without a table. */
    public static Set<String> files(Database database, TestStorage storage, Caller caller, String table) {
        TableName name = TableName.parse(table);
        return new JdbcCatalogStore(database)
                .find(caller.tenantId(), name.namespaceText(), name.table())
                .map(pointer ->
                        TableContents.of(new MetadataCache(storage.files()).read(pointer.location()), storage.files()))
                .orElseGet(Set::of);
    }

    /** The files that are kept of tables that had that name when they were dropped. */
    public static Set<String> droppedFiles(Database database, TestStorage storage, Caller caller, String table) {
        TableName name = TableName.parse(table);
        MetadataCache metadata = new MetadataCache(storage.files());
        return new JdbcDroppedTableStore(database)
                .named(caller.tenantId(), name.namespaceText(), name.table(), 10).stream()
                        .flatMap(dropped ->
                                TableContents.of(metadata.read(dropped.metadataLocation()), storage.files()).stream())
                        .collect(Collectors.toSet());
    }
}
