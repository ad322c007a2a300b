package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.ChangeTask.FileLineage;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.RewriteTask;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.TargetColumn;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files that are written anew with the rows that they had. */
class RewriteTest extends WorkerTest {
    private static final List<SourceColumn> COLUMNS = List.of(
            new SourceColumn(1, "x", "DOUBLE"), new SourceColumn(2, "y", "VARCHAR"), new SourceColumn(3, "z", "DATE"));

    private SourceFile write(String select, String ids) throws SQLException, IOException {
        Path file = folder.resolve("it's " + nextId() + ".parquet");
        duckdb("copy (" + select + ") to '" + file.toString().replace("'", "''") + "' (format parquet, field_ids {"
                + ids + "})");
        return new SourceFile(
                file.toString(),
                Files.size(file),
                Parquet.number("select count(*) from " + Parquet.glob(file.toString())));
    }

    private List<WrittenFile> rewrite(
            List<SourceFile> files, boolean evolved, Arrangement arrangement, List<FileLineage> lineage)
            throws IOException {
        TableSource table = new TableSource("iceberg", "shop", "t", COLUMNS, files, evolved, Optional.empty());
        Path output = Files.createDirectories(folder.resolve("out " + nextId()));
        List<TargetColumn> target = COLUMNS.stream()
                .map(column -> new TargetColumn(column.fieldId(), column.name(), column.type(), false))
                .toList();
        Message end = worker.ask(new Message.Rewrite(
                nextId(),
                new RewriteTask(
                        table,
                        new MaterializeTask(output.toString(), "part", 1 << 20, target, List.of(), arrangement),
                        lineage,
                        MEMORY,
                        2)));
        assertThat(end).as(end.toString()).isInstanceOf(Message.Materialized.class);
        return ((Message.Materialized) end).files();
    }

    private static String all(List<WrittenFile> files) {
        return files.stream()
                .map(file -> Parquet.glob(file.path()))
                .collect(java.util.stream.Collectors.joining(", ", "read_parquet([", "])"));
    }

    @Test
    void rowsOfFilesOfAnyAgeKeepTheirValuesAndIds() throws Exception {
        List<SourceFile> files = List.of(
                write("select i::float as a, 'y' || i as y from range(3) t(i)", "a: 1, y: 2"),
                write(
                        "select i::double as x, 'n' || i as y, date '2020-01-01' + i::int as z, 100 + i as _row_id,"
                                + " 7 as _last_updated_sequence_number from range(2) t(i)",
                        "x: 1, y: 2, z: 3, _row_id: 2147483540, _last_updated_sequence_number: 2147483539"));
        List<WrittenFile> written =
                rewrite(files, true, Arrangement.NONE, List.of(new FileLineage(40, 3), new FileLineage(-1, 9)));

        assertThat(written).hasSize(1);
        assertThat(Parquet.rows("select x, y, z, _row_id, _last_updated_sequence_number from " + all(written)
                        + " order by _row_id"))
                .containsExactly(
                        java.util.Arrays.asList("0.0", "y0", null, "40", "3"),
                        java.util.Arrays.asList("1.0", "y1", null, "41", "3"),
                        java.util.Arrays.asList("2.0", "y2", null, "42", "3"),
                        List.of("0.0", "n0", "2020-01-01", "100", "7"),
                        List.of("1.0", "n1", "2020-01-02", "101", "7"));
    }

    @Test
    void aBoxOfNearRowsIsInFewFiles() throws Exception {
        List<SourceFile> files = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            files.add(write(
                    "select case when i % 1000 = 1 then null else (hash(i) % 1000000)::double end as x,"
                            + " printf('%06d', hash(i + 77777777) % 1000000) as y, date '2020-01-01' + (i % 365)::int as z"
                            + " from range(" + i * 1_000_000 + ", " + (i + 1) * 1_000_000 + ") t(i)",
                    "x: 1, y: 2, z: 3"));
        }
        List<WrittenFile> written = rewrite(
                files,
                false,
                new Arrangement(
                        List.of(),
                        List.of(),
                        List.of(
                                Arrangement.Key.partition(List.of("x"), "identity"),
                                Arrangement.Key.partition(List.of("y"), "identity"))),
                List.of());

        assertThat(written).hasSizeGreaterThan(15);
        assertThat(Parquet.number("select count(*) from " + all(written))).isEqualTo(4_000_000);
        String bounds = "select filename, min(x) as x0, max(x) as x1, min(y) as y0, max(y) as y1 from "
                + all(written).replace("])", "], filename = true)") + " group by filename";
        long opened = 0;
        for (int box = 0; box < 9; box++) {
            opened += Parquet.number(
                    "select count(*) from (%1$s) where x0 <= %2$d + 100000 and x1 >= %2$d and y0 <= '%3$06d' and y1 >= '%4$06d'"
                            .formatted(bounds, box * 100_000, (8 - box) * 100_000 + 100_000, (8 - box) * 100_000));
        }
        assertThat((double) opened / 9 / written.size())
                .as("%d openings of %d files", opened, written.size())
                .isLessThan(0.15);
    }

    @Test
    void columnsOfEveryKindCanBeNear() throws Exception {
        List<SourceFile> files = List.of(write(
                "select case i when 3 then 'nan'::double when 4 then null when 5 then 'inf'::double else i end as x,"
                        + " repeat('it''s ', i::int) as y, case when i % 2 = 0 then date '1969-01-01' + i::int end as z"
                        + " from range(100) t(i)",
                "x: 1, y: 2, z: 3"));
        List<WrittenFile> written = rewrite(
                files,
                false,
                new Arrangement(
                        List.of(),
                        List.of(),
                        COLUMNS.stream()
                                .map(column -> Arrangement.Key.partition(List.of(column.name()), "identity"))
                                .toList()),
                List.of());
        assertThat(Parquet.rows("select x, y, z from " + all(written) + " order by all"))
                .isEqualTo(Parquet.rows(
                        "select x, y, z from " + Parquet.glob(files.getFirst().path()) + " order by all"));
    }
}
