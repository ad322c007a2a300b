package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that Iceberg's own Java writers filled, changed and deleted from read in SQL as its own reader reads them. */
class JavaWrittenTablesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final Schema SCHEMA = new Schema(
            NestedField.required(1, "id", Types.IntegerType.get()),
            NestedField.optional(2, "kind", Types.StringType.get()),
            NestedField.optional(3, "price", Types.DecimalType.of(9, 2)),
            NestedField.optional(4, "day", Types.DateType.get()),
            NestedField.optional(
                    5,
                    "part",
                    Types.StructType.of(
                            NestedField.optional(6, "x", Types.IntegerType.get()),
                            NestedField.optional(7, "odd name", Types.StringType.get()))),
            NestedField.optional(8, "list", Types.ListType.ofOptional(9, Types.IntegerType.get())));

    private static JavaWriter table(int version, PartitionSpec spec) {
        return new JavaWriter(
                SERVER,
                CatalogTables.create(SERVER, SCHEMA, spec, Map.of("format-version", Integer.toString(version))));
    }

    private static List<Record> rows(JavaWriter writer, int from, int to) {
        Schema schema = writer.table().schema();
        List<Record> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            GenericRecord row = GenericRecord.create(schema);
            for (NestedField column : schema.columns()) {
                row.setField(column.name(), value(column.type(), i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static @org.jspecify.annotations.Nullable Object value(org.apache.iceberg.types.Type type, int i) {
        return switch (type.typeId()) {
            case INTEGER -> i;
            case LONG -> 5_000_000_000L + i;
            case FLOAT -> i + 0.5f;
            case DOUBLE -> i + 0.25;
            case STRING -> i % 5 == 0 ? null : "k" + i % 3;
            case DECIMAL -> i % 7 == 0 ? null : new BigDecimal(i + ".25").setScale(((Types.DecimalType) type).scale());
            case DATE -> LocalDate.of(2026, 1 + i % 3, 1 + i % 28);
            case STRUCT -> {
                GenericRecord part = GenericRecord.create(type.asStructType());
                type.asStructType().fields().forEach(field -> part.setField(field.name(), value(field.type(), i + 1)));
                yield i % 4 == 0 ? null : part;
            }
            case LIST ->
                List.of(
                        java.util.Objects.requireNonNull(value(type.asListType().elementType(), i)),
                        java.util.Objects.requireNonNull(value(type.asListType().elementType(), i + 1)));
            default -> null;
        };
    }

    private static void same(JavaWriter writer) {
        assertThat(writer.sql(null)).isEqualTo(writer.iceberg(null));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void positionDeletesAndDeletionVectors(int version) {
        JavaWriter writer = table(version, PartitionSpec.unpartitioned());
        writer.append(rows(writer, 0, 10));
        writer.append(rows(writer, 10, 13));
        writer.deletePosition(1);
        same(writer);
        assertThat(writer.sql(null)).hasSize(11);
        writer.deletePosition(2);
        writer.deletePosition(9);
        same(writer);
        writer.append(rows(writer, 20, 22));
        same(writer);
        assertThat(writer.sql(null)).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void equalityDeletesHoldForOlderFilesOfTheirPartition(int version) {
        JavaWriter writer =
                table(version, PartitionSpec.builderFor(SCHEMA).identity("kind").build());
        writer.append(rows(writer, 0, 20));
        writer.deleteEqual(List.of("id"), rows(writer, 3, 9));
        same(writer);
        writer.append(rows(writer, 3, 9));
        same(writer);
        writer.deleteEqual(List.of("kind", "price"), rows(writer, 0, 30));
        same(writer);
        writer.deletePosition(0);
        same(writer);
        // A specification without partitions: its deletes hold everywhere.
        BaseTable table = writer.table();
        table.updateSpec().removeField("kind").commit();
        writer.append(rows(writer, 30, 40));
        writer.deleteEqual(List.of("day"), rows(writer, 31, 33));
        same(writer);
    }

    @Test
    void equalityDeletesOfNullsAndOfColumnsThatAreGone() {
        JavaWriter writer = table(2, PartitionSpec.unpartitioned());
        writer.append(rows(writer, 0, 20));
        writer.deleteEqual(List.of("kind"), rows(writer, 5, 6));
        same(writer);
        assertThat(writer.sql(null)).hasSize(16);
        List<String> before = writer.sql(null);
        writer.table().updateSchema().deleteColumn("kind").commit();
        writer.append(rows(writer, 20, 21));
        assertThat(writer.sql(null)).hasSize(before.size() + 1);
    }

    @Test
    void columnsThatChanged() {
        JavaWriter writer = table(3, PartitionSpec.unpartitioned());
        writer.append(rows(writer, 0, 6));
        writer.table()
                .updateSchema()
                .renameColumn("kind", "sort")
                .updateColumn("id", Types.LongType.get())
                .updateColumn("price", Types.DecimalType.of(12, 2))
                .updateColumn("part.x", Types.LongType.get())
                .renameColumn("part.x", "y")
                .updateColumn("list.element", Types.LongType.get())
                .addColumn("part", "z", Types.StringType.get())
                .moveFirst("day")
                .commit();
        same(writer);
        writer.append(rows(writer, 6, 9));
        writer.table()
                .updateSchema()
                .deleteColumn("sort")
                .deleteColumn("part.odd name")
                .commit();
        writer.table()
                .updateSchema()
                .addColumn("sort", Types.DateType.get())
                .addColumn("kind", Types.LongType.get())
                .commit();
        writer.append(rows(writer, 9, 12));
        writer.deletePosition(0);
        same(writer);
        for (Snapshot snapshot : writer.table().snapshots()) {
            assertThat(writer.sql(snapshot.snapshotId())).isEqualTo(writer.iceberg(snapshot.snapshotId()));
        }
    }

    @Test
    void whatOlderRowsHaveInNewColumns() {
        JavaWriter writer = table(3, PartitionSpec.unpartitioned());
        writer.append(rows(writer, 0, 6));
        writer.table()
                .updateSchema()
                .addColumn("n", Types.LongType.get(), Literal.of(7_000_000_000L))
                .addColumn("s", Types.StringType.get(), Literal.of("it's"))
                .addColumn("dec", Types.DecimalType.of(9, 3), Literal.of(new BigDecimal("1.125")))
                .addColumn("d", Types.DateType.get(), Literal.of("2026-02-03").to(Types.DateType.get()))
                .addColumn(
                        "ts",
                        Types.TimestampType.withoutZone(),
                        Literal.of("2026-02-03T04:05:06.789").to(Types.TimestampType.withoutZone()))
                .addColumn("b", Types.BooleanType.get(), Literal.of(true))
                .addColumn("f", Types.DoubleType.get(), Literal.of(-0.5))
                .addColumn("part", "w", Types.IntegerType.get(), null, Literal.of(42))
                .commit();
        same(writer);
        assertThat(writer.sql(null).getFirst()).contains("7000000000", "it's");
        GenericRecord row = (GenericRecord) rows(writer, 6, 7).getFirst();
        row.setField("ts", LocalDateTime.of(2026, 1, 1, 1, 1, 1));
        row.setField("dec", new BigDecimal("2.125"));
        writer.append(List.of(row));
        same(writer);
        writer.deleteEqual(List.of("n"), List.of(row));
        same(writer);
    }

    @Test
    void limitedReadersOfTablesWithDeletes() {
        JavaWriter writer = table(2, PartitionSpec.unpartitioned());
        writer.append(rows(writer, 0, 10));
        writer.deletePosition(1);
        writer.deleteEqual(List.of("id"), rows(writer, 2, 3));
        LimitedUser user = LimitedUser.of(SERVER).reads(writer.name(), List.of("id"), "kind = 'k1' or kind = 'k2'");
        assertThat(user.rows("select * from " + writer.name() + " order by id")).isEqualTo("[[4],[7],[8]]");
        RunningServer.Reply plan = SERVER.post(
                "/tarn/v1/statements/explain",
                "{\"statement\":\"select id from %s where id = 4\"}".formatted(writer.name()));
        assertThat(plan.status()).as(plan.body()).isEqualTo(200);
        assertThat(plan.body()).doesNotContain(SERVER.home().toString(), "rows-");
    }

    @Test
    void rowsOfOldTimestampsAndZones() {
        Schema schema = new Schema(
                NestedField.optional(1, "at", Types.TimestampType.withZone()),
                NestedField.optional(2, "u", Types.UUIDType.get()),
                NestedField.optional(3, "b", Types.BinaryType.get()),
                NestedField.optional(4, "x", Types.FixedType.ofLength(2)),
                NestedField.optional(
                        5, "m", Types.MapType.ofOptional(6, 7, Types.StringType.get(), Types.IntegerType.get())));
        JavaWriter writer = new JavaWriter(
                SERVER,
                CatalogTables.create(SERVER, schema, PartitionSpec.unpartitioned(), Map.of("format-version", "2")));
        writer.append(List.of(JavaWriter.row(
                writer.table(),
                OffsetDateTime.parse("1969-12-31T23:59:59.123456Z"),
                java.util.UUID.fromString("00000000-0000-0001-0000-000000000002"),
                java.nio.ByteBuffer.wrap(new byte[] {1, 2, -1}),
                new byte[] {3, 4},
                Map.of("a", 1))));
        same(writer);
    }

    /** Whatever is done to a table, all of its versions read as Iceberg reads them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void randomHistories(int version) {
        long seed = Long.getLong("tarn.test.seed", System.nanoTime());
        Random random = new Random(seed);
        JavaWriter writer = table(version, PartitionSpec.unpartitioned());
        writer.append(rows(writer, 0, 5));
        StringBuilder done = new StringBuilder();
        for (int i = 0; i < 14; i++) {
            done.append(step(writer, random, i)).append(' ');
            assertThat(writer.sql(null)).as("seed %d: %s", seed, done).isEqualTo(writer.iceberg(null));
        }
        for (Snapshot snapshot : writer.table().snapshots()) {
            assertThat(writer.sql(snapshot.snapshotId()))
                    .as("seed %d: %s version %d", seed, done, snapshot.snapshotId())
                    .isEqualTo(writer.iceberg(snapshot.snapshotId()));
        }
    }

    private static String step(JavaWriter writer, Random random, int i) {
        BaseTable table = writer.table();
        List<NestedField> columns = table.schema().columns();
        NestedField some = columns.get(1 + random.nextInt(columns.size() - 1));
        int from = random.nextInt(40);
        return switch (random.nextInt(9)) {
            case 0, 1 -> {
                writer.append(rows(writer, from, from + 1 + random.nextInt(8)));
                yield "append";
            }
            case 2 -> {
                writer.deletePosition(random.nextInt(4));
                yield "position";
            }
            case 3, 4 -> {
                writer.deleteEqual(List.of("id"), rows(writer, from, from + 6));
                yield "equal";
            }
            case 5 -> {
                table.updateSchema()
                        .addColumn("added" + i, random.nextBoolean() ? Types.StringType.get() : Types.IntegerType.get())
                        .commit();
                yield "add";
            }
            case 6 -> {
                table.updateSchema().renameColumn(some.name(), "renamed " + i).commit();
                yield "rename";
            }
            case 7 -> {
                boolean widens = some.type().typeId() == org.apache.iceberg.types.Type.TypeID.INTEGER;
                if (widens) {
                    table.updateSchema()
                            .updateColumn(some.name(), Types.LongType.get())
                            .commit();
                } else {
                    table.updateSchema().moveFirst(some.name()).moveFirst("id").commit();
                }
                yield widens ? "widen" : "move";
            }
            default -> {
                if (table.spec().isUnpartitioned()) {
                    table.updateSpec().addField(Expressions.bucket("id", 2)).commit();
                } else {
                    table.updateSpec()
                            .removeField(table.spec().fields().stream()
                                    .filter(field -> !field.transform().isVoid())
                                    .findFirst()
                                    .orElseThrow()
                                    .name())
                            .commit();
                }
                yield "spec";
            }
        };
    }
}
