package dev.tarn.api.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.catalog.CatalogTables;
import dev.tarn.catalog.JavaWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Iceberg's own client lets our server plan, and gets the files, deletes and residuals that it would have planned by itself. */
class ServerSidePlanningTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final Schema SCHEMA = new Schema(
            NestedField.required(1, "id", Types.IntegerType.get()),
            NestedField.optional(2, "kind", Types.StringType.get()),
            NestedField.optional(3, "day", Types.DateType.get()));
    private static final RESTCatalog LOCAL = client("client");
    private static final RESTCatalog REMOTE = client("server");

    private static RESTCatalog client(String mode) {
        RESTCatalog catalog = new RESTCatalog();
        catalog.initialize(
                mode,
                Map.of(
                        "uri",
                        SERVER.address() + "/iceberg",
                        "token",
                        SERVER.key(),
                        "warehouse",
                        "iceberg",
                        "scan-planning-mode",
                        mode));
        return catalog;
    }

    @AfterAll
    static void close() throws IOException {
        LOCAL.close();
        REMOTE.close();
    }

    private static JavaWriter writer(int version, PartitionSpec spec) {
        return new JavaWriter(
                SERVER,
                CatalogTables.create(SERVER, SCHEMA, spec, Map.of("format-version", Integer.toString(version))));
    }

    private static void append(JavaWriter writer, int from, int to) {
        List<Record> rows = IntStream.range(from, to)
                .mapToObj(i -> {
                    Record row = JavaWriter.row(writer.table());
                    row.setField("id", i);
                    row.set(1, i % 5 == 0 ? null : "k" + i % 3);
                    row.setField("day", java.time.LocalDate.of(2026, 1 + i % 3, 1 + i % 28));
                    return row;
                })
                .toList();
        writer.append(rows);
    }

    /** What a table is in one of the two catalogs. */
    private static Table table(RESTCatalog catalog, JavaWriter writer) {
        String[] parts = writer.name().split("\\.", -1);
        return catalog.loadTable(TableIdentifier.of(parts[1], parts[2]));
    }

    /** A scan of it, in any way. */
    private interface How {
        TableScan of(Table table);
    }

    private static Map<String, String> planned(TableScan scan) {
        Map<String, String> files = new TreeMap<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            for (FileScanTask task : tasks) {
                List<String> deletes = new ArrayList<>();
                task.deletes()
                        .forEach(delete -> deletes.add("%s %s %s %s"
                                .formatted(
                                        delete.location(),
                                        delete.content(),
                                        delete.contentOffset(),
                                        delete.equalityFieldIds())));
                String told = "%d rows of %s, spec %d, %s, bounds %s, without %s, and %s"
                        .formatted(
                                task.file().recordCount(),
                                task.file().partition(),
                                task.file().specId(),
                                task.file().splitOffsets(),
                                task.file().lowerBounds() == null
                                        ? null
                                        : task.file().lowerBounds().keySet(),
                                deletes.stream().sorted().toList(),
                                task.residual());
                assertThat(files.put(task.file().location(), told)).isNull();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static int same(JavaWriter writer, How how) {
        Map<String, String> local = planned(how.of(table(LOCAL, writer)));
        TableScan remote = how.of(table(REMOTE, writer));
        assertThat(remote.getClass().getSimpleName()).isEqualTo("RESTTableScan");
        assertThat(planned(remote)).isEqualTo(local);
        return local.size();
    }

    private static void sameForFilters(JavaWriter writer) {
        for (Expression filter : List.of(
                Expressions.alwaysTrue(),
                Expressions.equal("id", 7),
                Expressions.greaterThan("id", 15),
                Expressions.and(Expressions.equal("day", "2026-01-05"), Expressions.notNull("kind")),
                Expressions.or(Expressions.startsWith("kind", "k1"), Expressions.in("id", 1, 2, 30)),
                Expressions.not(Expressions.lessThan("id", 10)),
                Expressions.isNull("kind"),
                Expressions.equal(Expressions.bucket("id", 4), 2),
                Expressions.alwaysFalse())) {
            same(writer, table -> table.newScan().filter(filter));
        }
        same(
                writer,
                table -> table.newScan().filter(Expressions.lessThan("ID", 12)).caseSensitive(false));
        same(writer, table -> table.newScan().select("kind").filter(Expressions.lessThan("id", 12)));
        same(writer, table -> table.newScan().includeColumnStats(List.of("id", "day")));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void filesAndDeletesAreThoseOfALocalPlan(int version) {
        JavaWriter writer =
                writer(version, PartitionSpec.builderFor(SCHEMA).month("day").build());
        assertThat(same(writer, Table::newScan)).isZero();
        append(writer, 0, 20);
        append(writer, 20, 40);
        assertThat(same(writer, Table::newScan)).isEqualTo(6);
        writer.deletePosition(1);
        writer.deleteEqual(List.of("id"), List.of(JavaWriter.row(writer.table(), 7, null, null)));
        writer.deleteEqual(List.of("kind"), List.of(JavaWriter.row(writer.table(), 0, "k1", null)));
        append(writer, 40, 50);
        writer.deletePosition(2);
        sameForFilters(writer);
    }

    @Test
    void partitionsAndColumnsEvolve() {
        JavaWriter writer =
                writer(2, PartitionSpec.builderFor(SCHEMA).month("day").build());
        append(writer, 0, 20);
        long first = writer.table().currentSnapshot().snapshotId();
        writer.table()
                .manageSnapshots()
                .createTag("old", first)
                .createBranch("side", first)
                .commit();
        writer.table()
                .updateSpec()
                .removeField("day_month")
                .addField(Expressions.bucket("id", 4))
                .commit();
        append(writer, 20, 40);
        writer.deletePosition(0);
        writer.table().updateSpec().addField(Expressions.truncate("kind", 1)).commit();
        append(writer, 40, 60);
        sameForFilters(writer);
        writer.table().updateSchema().renameColumn("kind", "sort").commit();
        writer.table().updateSchema().addColumn("kind", Types.IntegerType.get()).commit();
        append(writer, 60, 80);

        same(writer, table -> table.newScan().filter(Expressions.equal("kind", 3)));
        same(writer, table -> table.newScan().filter(Expressions.equal("sort", "k1")));
        long last = writer.table().currentSnapshot().snapshotId();
        // The client itself cannot bind what is left of a filter with a name of then.
        for (How how : List.<How>of(
                table -> table.newScan().useSnapshot(first).filter(Expressions.equal("day", "2026-01-05")),
                table -> table.newScan().useRef("old").filter(Expressions.lessThan("id", 5)),
                table -> table.newScan().useRef("side").filter(Expressions.equal("sort", "k1")),
                table -> table.newScan().useRef("side").filter(Expressions.equal("kind", 3)),
                table -> table.newScan().useSnapshot(last).filter(Expressions.equal("id", 65)))) {
            same(writer, how);
        }
    }

    @Test
    void whatTheClientReadsIsWhatIsThere() {
        JavaWriter writer = writer(3, PartitionSpec.unpartitioned());
        append(writer, 0, 30);
        append(writer, 30, 60);
        writer.deletePosition(3);
        List<Integer> read = new ArrayList<>();
        try (CloseableIterable<Record> records = org.apache.iceberg.data.IcebergGenerics.read(table(REMOTE, writer))
                .where(Expressions.greaterThan("id", 1))
                .build()) {
            records.forEach(record -> read.add((Integer) Objects.requireNonNull(record.getField("id"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(read).hasSize(56).doesNotContain(3, 33);
    }
}
