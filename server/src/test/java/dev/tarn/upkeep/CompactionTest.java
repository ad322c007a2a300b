package dev.tarn.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.access.Caller;
import dev.tarn.catalog.CatalogTables;
import dev.tarn.catalog.FileRewrite;
import dev.tarn.catalog.JavaWriter;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.catalog.WrittenFile;
import dev.tarn.engine.FileRewrites;
import dev.tarn.engine.FileRewrites.RowOrder;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.TarnException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.FileScanTask;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** A compacted table has the rows that it had, with their ids, in fewer files; whatever others do meanwhile holds. */
@Tag("slow")
class CompactionTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final Schema SCHEMA = new Schema(
            NestedField.optional(1, "id", Types.LongType.get()),
            NestedField.optional(2, "k", Types.IntegerType.get()),
            NestedField.optional(3, "v", Types.DecimalType.of(9, 2)),
            NestedField.optional(4, "s", Types.StringType.get()));

    private final Random random = new Random();

    private static String table(int version, boolean partitioned) {
        PartitionSpec spec =
                partitioned ? PartitionSpec.builderFor(SCHEMA).identity("k").build() : PartitionSpec.unpartitioned();
        Map<String, String> properties = new HashMap<>(Map.of("format-version", Integer.toString(version)));
        if (version > 1) {
            List.of("delete", "update", "merge")
                    .forEach(verb -> properties.put("write." + verb + ".mode", "merge-on-read"));
        }
        return CatalogTables.create(SERVER, SCHEMA, spec, properties);
    }

    private static void sql(String statement) {
        Reply reply =
                SERVER.post("/v1/sql/execute", JsonMapper.shared().writeValueAsString(Map.of("statement", statement)));
        assertThat(reply.status()).as(statement + reply.body()).isEqualTo(200);
    }

    private static Map<String, Object> compact(String table, String strategy, String... options) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return SERVER.bean(Upkeep.class)
                .run(SERVER.admin(), TableName.parse(table), new UpkeepTask.Compact(strategy, all))
                .result()
                .orElseThrow();
    }

    private static long number(Map<String, Object> result, String name) {
        return ((Number) result.getOrDefault(name, -1L)).longValue();
    }

    private static List<FileScanTask> files(String table) {
        try (CloseableIterable<FileScanTask> tasks =
                CatalogTables.of(SERVER, table).newScan().planFiles()) {
            List<FileScanTask> files = new ArrayList<>();
            tasks.forEach(files::add);
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of each row its id and the commit that changed it last. */
    private static Map<Long, String> lineage(String name) {
        BaseTable table = CatalogTables.of(SERVER, name);
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .project(MetadataColumns.schemaWithRowLineage(table.schema()))
                .build()) {
            Map<Long, String> rows = new TreeMap<>();
            records.forEach(row -> rows.put(
                    (Long) row.getField("_row_id"),
                    row.getField("id") + "/" + row.getField("_last_updated_sequence_number")));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void history(JavaWriter writer, int version) {
        String renamed = "s";
        for (int step = 0; step < 9; step++) {
            BaseTable table = writer.table();
            switch (step) {
                case 3 -> sql("ALTER TABLE %s ADD COLUMN more INTEGER".formatted(writer.name()));
                case 4 -> {
                    sql("ALTER TABLE %s RENAME COLUMN s TO text".formatted(writer.name()));
                    renamed = "text";
                }
                case 6 ->
                    table.updateSpec().addField(Expressions.bucket("id", 2)).commit();
                default -> {
                    List<Record> rows = new ArrayList<>();
                    for (int i = 0; i < 5 + random.nextInt(20); i++) {
                        Record row = JavaWriter.row(table);
                        row.setField("id", step * 100L + i);
                        row.setField("k", i % 4 == 0 ? null : Integer.valueOf(i % 3));
                        row.setField("v", new BigDecimal("1.25").add(BigDecimal.valueOf(i)));
                        row.setField(renamed, i % 5 == 0 ? null : "s" + i);
                        rows.add(row);
                    }
                    writer.append(rows);
                }
            }
            if (version == 1 || random.nextBoolean()) {
                sql("DELETE FROM %s WHERE id %% %d = 3".formatted(writer.name(), 10 + random.nextInt(20)));
            } else {
                writer.deletePosition(random.nextInt(4));
            }
            if (version > 1 && random.nextInt(3) == 0) {
                Record key = JavaWriter.row(writer.table());
                key.setField("id", random.nextInt(step + 1) * 100L + random.nextInt(5));
                writer.deleteEqual(List.of("id"), List.of(key));
            }
            if (version == 3 && random.nextInt(3) == 0) {
                sql("UPDATE %s SET v = v + 1 WHERE id %% 7 = %d".formatted(writer.name(), random.nextInt(7)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, binpack, false",
        "1, sort, true",
        "2, binpack, true",
        "2, zorder, false",
        "2, sort, true",
        "3, binpack, false",
        "3, sort, false",
        "3, zorder, true"
    })
    void theRowsAreTheSameInFewerFiles(int version, String strategy, boolean partitioned) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("CompactionTest -Dseed=" + seed);
        random.setSeed(seed);
        JavaWriter writer = new JavaWriter(SERVER, table(version, partitioned));
        history(writer, version);
        List<String> before = writer.sql(null);
        Map<Long, String> ids = version == 3 ? lineage(writer.name()) : Map.of();
        int files = files(writer.name()).size();

        String all = String.valueOf(random.nextBoolean());
        Map<String, Object> result = strategy.equals("binpack")
                ? compact(writer.name(), strategy, "rewrite-all", all, "min-input-files", "2")
                : compact(writer.name(), strategy, "rewrite-all", all, "min-input-files", "2", "columns", "k, id");

        String what = "seed " + seed + ", " + result;
        assertThat(writer.sql(null)).as(what).isEqualTo(before);
        assertThat(writer.iceberg(null)).as(what).hasSameSizeAs(before);
        if (version == 3) {
            assertThat(lineage(writer.name())).as(what).isEqualTo(ids);
        }
        List<FileScanTask> left = files(writer.name());
        assertThat(number(result, "failed_groups")).as(what).isZero();
        assertThat(left.size()).as(what).isLessThan(files);
        assertThat(left.size())
                .as(what)
                .isEqualTo(files - number(result, "rewritten_files") + number(result, "new_files"));
        assertThat(left).as(what).allMatch(task -> task.file().specId() == 1);
        assertThat(UnusedDeletes.of(
                        SERVER.bean(TableInspection.class).manage(SERVER.admin(), TableName.parse(writer.name()))))
                .as(what)
                .isEmpty();
        // The rows' deletes went with them, so a second run finds nothing, but for files of few rows left.
        assertThat(number(compact(writer.name(), "binpack"), "rewritten_files"))
                .as(what)
                .isZero();
    }

    @Test
    void aConditionAndSmallGroupsChooseWhatIsRewritten() {
        JavaWriter writer = new JavaWriter(SERVER, table(2, true));
        for (int i = 0; i < 6; i++) {
            sql("INSERT INTO %s SELECT range, range %% 2, 1, 'x' FROM range(%d)".formatted(writer.name(), 4));
        }
        Map<String, Object> one = compact(writer.name(), "binpack", "where", "k = 1");
        assertThat(one)
                .containsEntry("rewritten_files", 6)
                .containsEntry("new_files", 1)
                .containsEntry("groups", 1);
        assertThat(compact(writer.name(), "binpack", "where", "k = 1")).containsEntry("rewritten_files", 0);
        Map<String, Object> rest = compact(writer.name(), "binpack");
        assertThat(rest).containsEntry("rewritten_files", 6).containsEntry("skipped", 1);
        assertThatThrownBy(() -> compact(writer.name(), "binpack", "where", "k + id = 1"))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("cannot choose files");
        assertThatThrownBy(() -> compact(writer.name(), "binpack", "where", "nobody = 1"))
                .isInstanceOf(TarnException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void theTablesOwnOrderIsTheFilesOrder() {
        JavaWriter writer = new JavaWriter(SERVER, table(2, false));
        for (int i = 0; i < 5; i++) {
            sql("INSERT INTO %s SELECT range * 7 %% 100, range, 1, 'x' FROM range(100)".formatted(writer.name()));
        }
        sql("ALTER TABLE %s WRITE ORDERED BY id DESC".formatted(writer.name()));
        assertThat(compact(writer.name(), "sort")).containsEntry("rewritten_files", 5);
        assertThat(files(writer.name()))
                .singleElement()
                .satisfies(task -> assertThat(task.file().sortOrderId())
                        .isEqualTo(writer.table().sortOrder().orderId()));
        List<Long> ids = new ArrayList<>();
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(writer.table()).build()) {
            rows.forEach(row -> ids.add((Long) row.getField("id")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(ids).isSortedAccordingTo((left, right) -> Long.compare(right, left));
    }

    @Test
    void manifestsBecomeFewAndTheRowsStay() {
        JavaWriter writer = new JavaWriter(SERVER, table(3, true));
        for (int i = 0; i < 6; i++) {
            sql("INSERT INTO %s SELECT range, range %% 3, 1, 'x' FROM range(%d)".formatted(writer.name(), 6));
        }
        Map<Long, String> ids = lineage(writer.name());
        Map<String, Object> result = SERVER.bean(Upkeep.class)
                .run(SERVER.admin(), TableName.parse(writer.name()), new UpkeepTask.RewriteManifests())
                .result()
                .orElseThrow();
        assertThat(result).containsEntry("rewritten_manifests", 6).containsEntry("new_manifests", 1);
        assertThat(lineage(writer.name())).isEqualTo(ids).hasSize(36);
        assertThat(files(writer.name())).hasSize(18);
    }

    /** What a compaction has read and written, with the commit still to come. */
    private record Prepared(TableWrite write, FileRewrite rewrite, List<WrittenFile> files) {}

    private static Prepared prepared(String name) {
        Caller caller = SERVER.admin();
        TableWrite write = SERVER.bean(Tables.class).begin(caller, TableName.parse(name), WriteMode.REWRITE);
        ReadableTable table = SERVER.bean(TableInspection.class).manage(caller, TableName.parse(name));
        List<FileScanTask> tasks = files(name);
        List<WrittenFile> files = SERVER.bean(FileRewrites.class)
                .write(
                        caller,
                        table,
                        write,
                        tasks,
                        new RowOrder.Any(),
                        1 << 20,
                        Deadline.in(Clock.systemUTC(), Duration.ofMinutes(1)),
                        new Cancellation("test"),
                        fraction -> {});
        return new Prepared(write, new FileRewrite(table, tasks, List.of(), false), files);
    }

    @ParameterizedTest
    @CsvSource({"2, false", "2, true", "3, false", "3, true"})
    void whatOthersDoBeforeTheCommitHolds(int version, boolean partitioned) {
        JavaWriter writer = new JavaWriter(SERVER, table(version, partitioned));
        for (int i = 0; i < 3; i++) {
            sql("INSERT INTO %s SELECT range + %d, 1, 1, 'x' FROM range(4)".formatted(writer.name(), 4 * i));
        }
        Prepared appended = prepared(writer.name());
        sql("INSERT INTO %s VALUES (100, 1, 1, 'later')".formatted(writer.name()));
        Record key = JavaWriter.row(writer.table(), 5L, 1, null, null);
        writer.deleteEqual(List.of("id"), List.of(key));
        sql("ALTER TABLE %s RENAME COLUMN s TO text".formatted(writer.name()));
        List<String> before = writer.sql(null);
        assertThat(before).hasSize(12);
        try (TableWrite write = appended.write()) {
            write.rewrite(appended.rewrite(), appended.files());
        }
        assertThat(writer.sql(null)).isEqualTo(before);
        assertThat(writer.iceberg(null)).hasSize(12);

        Prepared loses = prepared(writer.name());
        sql("DELETE FROM %s WHERE id = 2".formatted(writer.name()));
        List<String> deleted = writer.sql(null);
        try (TableWrite write = loses.write()) {
            assertThatThrownBy(() -> write.rewrite(loses.rewrite(), loses.files()))
                    .isInstanceOf(TarnException.class)
                    .hasMessageContaining("changed by another writer meanwhile");
        }
        assertThat(writer.sql(null)).isEqualTo(deleted).hasSize(11);
        assertThat(loses.files()).noneMatch(file -> file.path().toFile().exists());
    }

    @Test
    void aDeleterAtTheSameTimeLosesNothing() throws InterruptedException {
        JavaWriter writer = new JavaWriter(SERVER, table(3, true));
        for (int i = 0; i < 4; i++) {
            sql("INSERT INTO %s SELECT range, range %% 4, 1, 'x' FROM range(%d, %d)"
                    .formatted(writer.name(), 40 * i, 40 * i + 40));
        }
        Thread deleter = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 12; i++) {
                sql("DELETE FROM %s WHERE id = %d".formatted(writer.name(), 10 * i));
                sql("INSERT INTO %s VALUES (%d, 1, 1, 'new')".formatted(writer.name(), 1000 + i));
            }
        });
        int committed = 0;
        for (int i = 0; i < 4; i++) {
            Map<String, Object> result = compact(writer.name(), "binpack", "rewrite-all", "true");
            committed += (int) number(result, "groups");
        }
        deleter.join();
        compact(writer.name(), "binpack", "rewrite-all", "true");
        assertThat(committed).isPositive();
        List<String> ids = writer.sql(null).stream()
                .map(row -> row.substring(1, row.indexOf(',')))
                .sorted()
                .toList();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            if (i % 10 != 0 || i >= 120) {
                expected.add(String.valueOf(i));
            }
        }
        for (int i = 0; i < 12; i++) {
            expected.add(String.valueOf(1000 + i));
        }
        assertThat(ids).isEqualTo(expected.stream().sorted().collect(Collectors.toList()));
    }
}
