package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables whose columns came, were renamed and became wider after files had been written. */
class EvolvedTableTest extends WorkerTest {
    private static final String OLD = "select i::integer as a, 'x' || i as b from range(5) t(i)";
    private static final String NEW =
            "select 'y' || i as bb, (i + 5000000000)::bigint as a, date '2020-01-01' as b from range(3) t(i)";

    private static final List<SourceColumn> COLUMNS = List.of(
            new SourceColumn(1, "a", "BIGINT"), new SourceColumn(2, "bb", "VARCHAR"), new SourceColumn(3, "b", "DATE"));

    private TableSource table(List<SourceColumn> columns, Path... files) throws IOException {
        List<SourceFile> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(new SourceFile(file.toString(), Files.size(file), 0));
        }
        return new TableSource("iceberg", "shop", "t", columns, sources, true, Optional.empty());
    }

    private Path write(String name, String select, String ids) throws SQLException {
        Path file = folder.resolve("it's [" + name + "]*.parquet");
        duckdb("copy (" + select + ") to '" + file.toString().replace("'", "''") + "' (format parquet" + ids + ")");
        return file;
    }

    @Test
    void columnsAreKnownByIdAndNotByName() throws Exception {
        TableSource table = table(
                COLUMNS,
                write("old", OLD, ", field_ids {a: 1, b: 2}"),
                write("new", NEW, ", field_ids {a: 1, bb: 2, b: 3}"));

        assertThat(rows("select a, bb, b is null from t order by a limit 1", table))
                .containsExactly(List.of("0", "x0", "true"));
        assertThat(rows("select max(a), count(b), min(bb), count(*) from t", table))
                .containsExactly(List.of("5000000002", "3", "x0", "8"));
        assertThat(rows("select bb from t where a > 5000000001", table)).containsExactly(List.of("y2"));
        assertThat(rows("select count(*) from t x join t y using (bb)", table)).containsExactly(List.of("8"));
        assertThat(results("select * from t", table).types()).containsExactly("BIGINT", "VARCHAR", "DATE");
    }

    @Test
    void bytesScannedAreThoseOfTheChunksThatAreRead() throws Exception {
        Path old = write("counted-old", OLD, ", field_ids {a: 1, b: 2}");
        Path fresh = write("counted-new", NEW, ", field_ids {a: 1, bb: 2, b: 3}");
        long expected = chunk(old, "b") + chunk(fresh, "bb");

        assertThat(results("select min(bb) from t", table(COLUMNS, old, fresh))
                        .done()
                        .bytesScanned())
                .isEqualTo(expected);
    }

    @Test
    void fieldsOfStructsInListsAndMapsAreKnownByIdToo() throws Exception {
        String ids = ", field_ids {s: {__duckdb_field_id: 1, %s}, l: {__duckdb_field_id: 4, element:"
                + " {__duckdb_field_id: 5, %s}}, m: {__duckdb_field_id: 7, key: 8, value: {__duckdb_field_id: 9, %s}}}";
        Path old = write(
                "nested-old",
                "select {'p': 1::integer, 'q': 'z'} as s, [{'u': 1::integer}, null] as l, map {'k': {'w': 1::integer}} as m"
                        + " union all select null, [], null",
                ids.formatted("p: 2, q: 3", "u: 6", "w: 10"));
        Path fresh = write(
                "nested-new",
                "select {'p2': 5000000000::bigint, 'r': 7::integer} as s, [{'u2': 6000000000::bigint, 'v': 'w'}] as l,"
                        + " map {'k': {'w2': 7000000000::bigint}} as m",
                ids.formatted("p2: 2, r: 11", "u2: 6, v: 12", "w2: 10"));
        List<SourceColumn> columns = List.of(
                nested(1, "s", "STRUCT(p2 BIGINT, r INTEGER)", leaf(2, "p2", "BIGINT"), leaf(11, "r", "INTEGER")),
                nested(
                        4,
                        "l",
                        "STRUCT(u2 BIGINT, v VARCHAR)[]",
                        nested(
                                5,
                                "element",
                                "STRUCT(u2 BIGINT, v VARCHAR)",
                                leaf(6, "u2", "BIGINT"),
                                leaf(12, "v", "VARCHAR"))),
                nested(
                        7,
                        "m",
                        "MAP(VARCHAR, STRUCT(w2 BIGINT))",
                        leaf(8, "key", "VARCHAR"),
                        nested(9, "value", "STRUCT(w2 BIGINT)", leaf(10, "w2", "BIGINT"))));

        assertThat(rows(
                        "select coalesce(s::varchar, '-'), l::varchar, coalesce(m::varchar, '-') from t",
                        table(columns, old, fresh)))
                .containsExactlyInAnyOrder(
                        List.of("{'p2': 1, 'r': NULL}", "[{'u2': 1, 'v': NULL}, NULL]", "{k={'w2': 1}}"),
                        List.of("-", "[]", "-"),
                        List.of(
                                "{'p2': 5000000000, 'r': 7}",
                                "[{'u2': 6000000000, 'v': w}]",
                                "{k={'w2': 7000000000}}"));
    }

    @Test
    void filesWithoutIdsAreReadByTheNamesThatTheTableMapsToThem() throws Exception {
        TableSource table = table(
                List.of(
                        new SourceColumn(1, "a", "BIGINT"),
                        new SourceColumn(2, "bb", "VARCHAR", List.of("bb", "b"), List.of()),
                        new SourceColumn(3, "c", "DATE")),
                write("plain", OLD, ""),
                write("with-ids", "select 1::bigint as a, 'z' as bb", ", field_ids {a: 1, bb: 2}"));

        assertThat(rows("select bb, c is null from t where a >= 3", table))
                .containsExactlyInAnyOrder(List.of("x3", "true"), List.of("x4", "true"));
        assertThat(rows("select count(*) from t", table)).containsExactly(List.of("6"));
    }

    private static SourceColumn leaf(int id, String name, String type) {
        return new SourceColumn(id, name, type);
    }

    private static SourceColumn nested(int id, String name, String type, SourceColumn... parts) {
        return new SourceColumn(id, name, type, List.of(name), List.of(parts));
    }

    private static long chunk(Path file, String column) throws SQLException {
        return Parquet.number("select sum(total_compressed_size) from parquet_metadata(" + Parquet.glob(file.toString())
                + ") where path_in_schema = '" + column + "'");
    }
}
