package dev.tarn.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.catalog.CatalogTables;
import dev.tarn.catalog.JavaWriter;
import dev.tarn.catalog.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of random histories hold the same rows after a compaction, with the same ids, in fewer files, and a second one finds nothing to do. */
@Tag("slow")
class CompactedTablesTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final Schema SCHEMA = new Schema(
            NestedField.optional(1, "id", Types.LongType.get()),
            NestedField.optional(2, "k", Types.IntegerType.get()),
            NestedField.optional(3, "d", Types.DateType.get()),
            NestedField.optional(4, "s", Types.StringType.get()),
            NestedField.optional(
                    5,
                    "place",
                    Types.StructType.of(
                            NestedField.optional(6, "x", Types.IntegerType.get()),
                            NestedField.optional(7, "y", Types.DoubleType.get()))));

    private final Random random = new Random();
    private long nextId;

    @ParameterizedTest
    @CsvSource({"1, sort, false", "2, binpack, true", "2, zorder, false", "3, binpack, true", "3, zorder, true"})
    void rowsStayWhatTheyAre(int version, String strategy, boolean partitioned) throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("CompactedTablesTest -Dseed=" + seed);
        random.setSeed(seed);
        JavaWriter table = table(version, partitioned);
        String told = "seed " + seed;
        List<String> before = rows(table, version);
        long files = files(table);
        Map<String, String> options = new HashMap<>(Map.of("delete-file-threshold", "1"));
        if (random.nextBoolean()) {
            options.put("rewrite-all", "true");
        }
        if (strategy.equals("sort")) {
            options.put("sort_order", "s DESC NULLS LAST, id");
        } else if (strategy.equals("zorder")) {
            options.put("columns", "id, S, d");
        }
        Map<String, Object> result = SERVER.bean(Upkeep.class)
                .run(SERVER.admin(), TableName.parse(table.name()), new UpkeepTask.Compact(strategy, options))
                .result()
                .orElseThrow();
        assertThat(rows(table, version)).as(told).isEqualTo(before);
        // Else the partitions may have too few files each.
        if (options.containsKey("rewrite-all")) {
            assertThat(files(table)).as(told + " " + result).isLessThan(files);
        }
        assertThat(result).as(told).containsEntry("failed_groups", 0);
        BaseTable now = table.table();
        try (CloseableIterable<org.apache.iceberg.FileScanTask> tasks =
                now.newScan().planFiles()) {
            tasks.forEach(task -> {
                assertThat(task.deletes()).as(told).isEmpty();
                assertThat(task.file().specId()).as(told).isEqualTo(now.spec().specId());
            });
        }
        assertThat(now.currentSnapshot().summary()).as(told).containsEntry("total-delete-files", "0");
        // There is nothing left to do.
        result = SERVER.bean(Upkeep.class)
                .run(SERVER.admin(), TableName.parse(table.name()), new UpkeepTask.Compact("binpack", Map.of()))
                .result()
                .orElseThrow();
        assertThat(result).as(told).containsEntry("rewritten_files", 0);
    }

    private JavaWriter table(int version, boolean partitioned) {
        Map<String, String> properties = new HashMap<>(Map.of("format-version", Integer.toString(version)));
        List.of("delete", "update", "merge")
                .forEach(verb -> properties.put(
                        "write." + verb + ".mode",
                        version == 1 || random.nextInt(4) == 0 ? "copy-on-write" : "merge-on-read"));
        if (random.nextBoolean()) {
            properties.put("write.delete.granularity", "partition");
        }
        PartitionSpec spec =
                partitioned ? PartitionSpec.builderFor(SCHEMA).identity("k").build() : PartitionSpec.unpartitioned();
        JavaWriter table = new JavaWriter(SERVER, CatalogTables.create(SERVER, SCHEMA, spec, properties));
        for (int i = 0; i < 6; i++) {
            append(table);
        }
        delete(table, version);
        sql("ALTER TABLE " + table.name() + " RENAME COLUMN s TO S");
        sql("ALTER TABLE " + table.name() + " ADD COLUMN extra VARCHAR");
        for (int i = 0; i < 3; i++) {
            append(table);
        }
        if (random.nextBoolean()) {
            table.table().updateSpec().addField(Expressions.bucket("id", 3)).commit();
        }
        for (int i = 0; i < 3; i++) {
            append(table);
        }
        delete(table, version);
        return table;
    }

    private void append(JavaWriter table) {
        List<Record> rows = new ArrayList<>();
        BaseTable now = table.table();
        for (int i = 0; i < 8; i++) {
            Record row = JavaWriter.row(now, nextId++, random.nextInt(3));
            if (random.nextInt(5) > 0) {
                row.setField(now.schema().findColumnName(3), java.time.LocalDate.ofEpochDay(random.nextInt(20_000)));
                row.setField(now.schema().findColumnName(4), "text " + random.nextInt(1000));
                Record place = org.apache.iceberg.data.GenericRecord.create(
                        now.schema().findField(5).type().asStructType());
                place.setField("x", random.nextInt());
                place.setField("y", random.nextDouble());
                row.setField("place", place);
            }
            rows.add(row);
        }
        table.append(rows);
    }

    private void delete(JavaWriter table, int version) {
        sql("DELETE FROM %s WHERE id %% 11 = %d".formatted(table.name(), random.nextInt(11)));
        sql("UPDATE %s SET d = DATE '2020-02-02' WHERE id %% 13 = %d".formatted(table.name(), random.nextInt(13)));
        if (version > 1) {
            table.deletePosition(random.nextInt(3));
        }
        if (version == 2) {
            BaseTable now = table.table();
            table.deleteEqual(List.of("id"), List.of(JavaWriter.row(now, (long) random.nextInt((int) nextId))));
        }
    }

    private static void sql(String text) {
        RunningServer.Reply reply = SERVER.post(
                "/v1/sql/execute",
                tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(Map.of("statement", text)));
        assertThat(reply.status()).as(text + reply.body()).isEqualTo(200);
    }

    private static List<String> rows(JavaWriter table, int version) throws IOException {
        BaseTable now = table.table();
        List<String> rows = new ArrayList<>();
        Schema read = version < 3 ? now.schema() : MetadataColumns.schemaWithRowLineage(now.schema());
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(now).project(read).build()) {
            // Where rows are deleted the reader has columns of its own behind these.
            records.forEach(record -> rows.add(read.columns().stream()
                    .map(column -> String.valueOf(record.getField(column.name())))
                    .toList()
                    .toString()));
        }
        return rows.stream().sorted().toList();
    }

    private static long files(JavaWriter table) throws IOException {
        TreeSet<String> files = new TreeSet<>();
        try (CloseableIterable<org.apache.iceberg.FileScanTask> tasks =
                table.table().newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file().location()));
        }
        return files.size();
    }
}
