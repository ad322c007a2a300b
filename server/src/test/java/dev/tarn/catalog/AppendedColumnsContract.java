package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends that bring columns and wider types, in one commit with their rows; what is read is what Iceberg itself reads. */
abstract class AppendedColumnsContract {
    private static final String TABLE = "shop.orders";
    private static final TableName NAME = TableName.parse(TABLE);

    @TempDir
    Path folder;

    private World world;
    private World.Server server;

    abstract Database open(Path home);

    @BeforeEach
    void open() {
        world = new World(open(folder), folder);
        server = world.server();
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Columns numbered from 1, whatever the table calls them. */
    private static Schema columns(Object... namesAndTypes) {
        List<NestedField> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(NestedField.optional(i / 2 + 1, (String) namesAndTypes[i], (Type) namesAndTypes[i + 1]));
        }
        return new Schema(fields);
    }

    private void write(WriteMode mode, boolean newColumns, Schema schema, Object... firstColumn) {
        try (TableWrite write = server.tables().begin(world.admin, NAME, mode)) {
            if (newColumns) {
                write.allowNewColumns();
            }
            write.commit(schema, List.of(World.dataFile(write, 0, schema, firstColumn)));
        }
    }

    private List<String> rows(String column) {
        ReadableTable table = server.tables().read(world.admin, NAME);
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table.table()).build()) {
            List<String> values = new ArrayList<>();
            records.forEach(record -> values.add(String.valueOf(record.getField(column))));
            return values.stream().sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void conflicts(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
    }

    @Test
    void aNewColumnComesWithItsRowsInOneCommit() {
        write(WriteMode.CREATE, false, columns("n", Types.LongType.get(), "text", Types.StringType.get()), 1L);
        write(WriteMode.APPEND, true, columns("more", Types.StringType.get(), "n", Types.LongType.get()), "x");

        ReadableTable table = server.tables().read(world.admin, NAME);
        assertThat(table.schema().columns()).extracting(NestedField::name).containsExactly("n", "text", "more");
        assertThat(table.table().snapshots()).hasSize(2);
        assertThat(rows("n")).containsExactly("1", "null");
        assertThat(rows("more")).containsExactly("null", "x");
        assertThat(world.intents()).isZero();
        assertThat(world.files()).isEqualTo(world.knownFiles(server));
    }

    @Test
    void typesBecomeWiderAndNeverNarrower() {
        write(WriteMode.CREATE, false, columns("n", Types.IntegerType.get(), "d", Types.DecimalType.of(9, 2)), 1);
        write(WriteMode.APPEND, false, columns("n", Types.LongType.get(), "d", Types.DecimalType.of(12, 2)), 5L << 32);
        write(WriteMode.APPEND, false, columns("n", Types.IntegerType.get()), 3);

        Schema schema = server.tables().read(world.admin, NAME).schema();
        assertThat(schema.findType("n")).isEqualTo(Types.LongType.get());
        assertThat(schema.findType("d")).isEqualTo(Types.DecimalType.of(12, 2));
        assertThat(rows("n")).containsExactly("1", String.valueOf(5L << 32), "3");
        conflicts(() -> write(WriteMode.APPEND, true, columns("n", Types.StringType.get()), "x"));
        conflicts(() -> write(WriteMode.APPEND, false, columns("other", Types.StringType.get()), "x"));
        assertThat(rows("n")).hasSize(3);
    }

    @Test
    void partsOfNestedColumnsHaveTheTablesIds() {
        Types.StructType point = Types.StructType.of(NestedField.optional(7, "x", Types.IntegerType.get()));
        Types.StructType other = Types.StructType.of(NestedField.optional(8, "x", Types.IntegerType.get()));
        Types.StructType wider = Types.StructType.of(
                NestedField.optional(3, "y", Types.StringType.get()),
                NestedField.optional(4, "x", Types.LongType.get()));
        write(
                WriteMode.CREATE,
                false,
                columns("n", Types.LongType.get(), "p", point, "l", Types.ListType.ofOptional(9, other)),
                1L);
        write(
                WriteMode.APPEND,
                true,
                new Schema(
                        NestedField.optional(1, "n", Types.LongType.get()),
                        NestedField.optional(2, "l", Types.ListType.ofOptional(5, wider))),
                2L);

        assertThat(rows("n")).containsExactly("1", "2");
        Schema schema = server.tables().read(world.admin, NAME).schema();
        assertThat(schema.findType("l.element.x")).isEqualTo(Types.LongType.get());
        assertThat(schema.findField("l.element.y")).isNotNull();
        assertThat(schema.findType("p.x")).isEqualTo(Types.IntegerType.get());
    }

    @Test
    void columnsThatAnotherWriterAddedMeanwhileAreShared() {
        write(WriteMode.CREATE, false, columns("n", Types.LongType.get()), 1L);
        Schema withMore = columns("n", Types.LongType.get(), "more", Types.IntegerType.get());
        try (TableWrite slow = server.tables().begin(world.admin, NAME, WriteMode.APPEND)) {
            slow.allowNewColumns();
            WrittenFile file = World.dataFile(slow, 0, withMore, 2L);
            write(WriteMode.APPEND, true, columns("n", Types.LongType.get(), "first", Types.DateType.get()), 3L);
            write(WriteMode.APPEND, true, columns("n", Types.LongType.get(), "more", Types.LongType.get()), 4L);
            slow.commit(withMore, List.of(file));
        }

        Schema schema = server.tables().read(world.admin, NAME).schema();
        assertThat(schema.columns()).extracting(NestedField::name).containsExactly("n", "first", "more");
        assertThat(schema.findType("more")).isEqualTo(Types.LongType.get());
        assertThat(rows("n")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aColumnThatWentAwayMeanwhileDoesNotComeBack() {
        write(WriteMode.CREATE, false, columns("n", Types.LongType.get(), "text", Types.StringType.get()), 1L);
        Schema both = columns("n", Types.LongType.get(), "text", Types.StringType.get());
        try (TableWrite slow = server.tables().begin(world.admin, NAME, WriteMode.APPEND)) {
            slow.allowNewColumns();
            WrittenFile file = World.dataFile(slow, 0, both, 2L);
            write(WriteMode.REPLACE, false, columns("n", Types.LongType.get()), 3L);
            conflicts(() -> slow.commit(both, List.of(file)));
        }
        assertThat(rows("n")).containsExactly("3");
    }
}
