package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.catalog.CatalogTables;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From format 3 on a row keeps its id, and the number of the commit that last changed it, whatever becomes of its file. */
class RowIdsTest {
    private static final RunningServer SERVER = RunningServer.shared();

    /** By the table's own id of a row, as Iceberg's reader tells. */
    private static Map<Long, String> lineage(String name) throws IOException {
        BaseTable table = CatalogTables.of(SERVER, name);
        Map<Long, String> rows = new TreeMap<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .project(MetadataColumns.schemaWithRowLineage(table.schema()))
                .build()) {
            records.forEach(record -> rows.put(
                    (Long) record.getField("id"),
                    record.getField("_row_id") + "/" + record.getField("_last_updated_sequence_number")));
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy-on-write", "merge-on-read"})
    void staysWithItsRow(String mode) throws IOException {
        ChangesClient t = RowChangesTest.table(3, mode);
        Map<Long, String> before = lineage(t.table());
        assertThat(before).hasSize(7).containsEntry(1L, "0/1").containsEntry(6L, "5/2");
        t.changed("UPDATE $t SET name = 'x' WHERE id IN (2, 7)");
        t.changed("DELETE FROM $t WHERE id = 3");
        t.changed(
                "MERGE INTO $t t USING (VALUES (2, 'y'), (8, 'z')) s(id, name) ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT (id, name) VALUES (id, name)");
        Map<Long, String> after = lineage(t.table());
        assertThat(after.keySet()).containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L);
        for (long id : new long[] {1, 4, 5, 6}) {
            assertThat(after).containsEntry(id, before.get(id));
        }
        assertThat(after).containsEntry(2L, "1/5").containsEntry(7L, "6/3");
        assertThat(after.get(8L)).endsWith("/5");
        assertThat(after.values().stream()
                        .map(row -> row.substring(0, row.indexOf('/')))
                        .distinct())
                .hasSize(7);
    }
}
