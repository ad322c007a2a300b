package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StatementTest extends WorkerTest {
    private TableSource orders;
    private TableSource empty;

    @BeforeAll
    void makeFiles() throws SQLException, IOException {
        Path first = Files.createDirectory(folder.resolve("k=9")).resolve("orders [1]*'é.parquet");
        Path second = folder.resolve("orders-2.parquet");
        duckdb(
                copy("select i::bigint as id, 'n' || i as \"na\"\"me\", i % 7 as k from range(500000) t(i)", first),
                copy(
                        "select i::bigint as id, 'n' || i as \"na\"\"me\", i % 7 as k from range(500000, 500010) t(i)",
                        second));
        List<SourceColumn> columns = List.of(
                new SourceColumn(1, "id", "BIGINT"),
                new SourceColumn(2, "na\"me", "VARCHAR"),
                new SourceColumn(3, "k", "BIGINT"));
        orders = new TableSource("iceberg", "shop", "orders", columns, List.of(file(first), file(second)));
        empty = new TableSource("iceberg", "a.b", "em\"pty.🎈", columns, List.of());
    }

    @Test
    void readsPlannedFilesUnderTheTablesName() throws IOException {
        assertThat(rows("select count(*), min(id), max(\"na\"\"me\") from orders", orders))
                .containsExactly(List.of("500010", "0", "n99999"));
        assertThat(rows("select count(*) from iceberg.shop.ORDERS o join orders using (id);", orders))
                .containsExactly(List.of("500010"));
    }

    @Test
    void aFolderNamedLikeAPartitionHidesNoColumn() throws IOException {
        assertThat(rows("select max(k) from orders", orders)).containsExactly(List.of("6"));
    }

    @Test
    void aTableWithoutFilesHasItsColumnsAndNoRows() throws IOException {
        Results results = results("select * from \"a.b\".\"em\"\"pty.🎈\"", empty);
        assertThat(results.names()).containsExactly("id", "na\"me", "k");
        assertThat(results.types()).containsExactly("BIGINT", "VARCHAR", "BIGINT");
        assertThat(results.rows()).isEmpty();
        assertThat(results.done().rows()).isZero();
    }

    @Test
    void onlyTheDeclaredColumnsExist() throws IOException {
        assertThat(failure("select filename from orders", orders).kind()).isEqualTo(Kind.BINDING);
        assertThat(failure("select file_row_number from orders", orders).kind()).isEqualTo(Kind.BINDING);
    }

    @Test
    void aRepeatedColumnNameStays() throws IOException {
        assertThat(results("select 1 as a, 2 as a, 3 as \"x.\"\"y🎈\"").names()).containsExactly("a", "a", "x.\"y🎈");
    }

    @Test
    void largeResultsArriveWholeAndInOrder() throws IOException {
        List<List<String>> rows = rows("select id from orders order by id", orders);
        assertThat(rows).hasSize(500_010);
        assertThat(rows.get(499_999)).containsExactly("499999");
    }

    @Test
    void scannedBytesAreTheColumnChunksThatWereRead() throws IOException, SQLException {
        long ids = chunkBytes("id");
        assertThat(results("select 1").done().bytesScanned()).isZero();
        for (int run = 0; run < 3; run++) {
            assertThat(results("select sum(id) from orders", orders).done().bytesScanned())
                    .isEqualTo(ids);
        }
        assertThat(results("select sum(id), sum(k) from orders", orders).done().bytesScanned())
                .isEqualTo(ids + chunkBytes("k"));
        assertThat(results("select sum(a.id) from orders a join orders b using (id)", orders)
                        .done()
                        .bytesScanned())
                .isEqualTo(2 * ids);
        assertThat(results("select id from orders where id = 400000", orders)
                        .done()
                        .bytesScanned())
                .isBetween(1L, ids / 3);
        assertThat(results("select id from orders where id = -5", orders).done().bytesScanned())
                .isZero();
    }

    @Test
    void everyTypeArrivesReadable() throws IOException {
        Results results = results("select 9223372036854775807 a, (-99999999999999999999999999999999999999)::hugeint b,"
                + " 12345678901234567890123456.7890123456::decimal(38,10) c, 'nan'::double d, date '9999-12-31' e,"
                + " date '0001-01-01' f, timestamp '9999-12-31 23:59:59.999999' g, timestamptz '2020-01-01 00:00:00+02' h,"
                + " time '23:59:59.999999' i, uuid '11111111-2222-3333-4444-555555555555' j, 'é🎈' k, '\\x00a'::blob l,"
                + " null m, true n");
        assertThat(results.rows())
                .containsExactly(Arrays.asList(
                        "9223372036854775807",
                        "-99999999999999999999999999999999999999",
                        "12345678901234567890123456.7890123456",
                        "NaN",
                        "2932896",
                        "-719162",
                        "9999-12-31T23:59:59.999999",
                        "1577829600000000",
                        "86399999999",
                        "11111111-2222-3333-4444-555555555555",
                        "é🎈",
                        "\0a",
                        null,
                        "true"));
        assertThat(results.arrowTypes().get(1)).isEqualTo("Decimal(38, 0, 128)");
        assertThat(results.types()).contains("HUGEINT", "UUID", "DECIMAL(38,10)", "TIMESTAMP WITH TIME ZONE");
    }

    @Test
    void typesWithoutAnArrowFormBecomeTextOrMicroseconds() throws IOException {
        Results results = results("select timetz '10:00:00+02' a, interval '1 month 2 days 3 us' b, '0101'::bit c,"
                + " 'x'::enum('x', 'y') d, timestamp_s '2020-01-01 00:00:01' e, timestamp_ns '2020-01-01 00:00:00.123456789' f,"
                + " 5::uhugeint g, union_value(k := 1) h, time_ns '10:00:00.123456' i, 12::bignum j,"
                + " {'a b': interval '1 day', 'bit': [1::bit]} k, map {'m': 'x'::enum('x')} l, 1 as m;  -- done");
        assertThat(results.rows().getFirst().subList(0, 10))
                .containsExactly(
                        "10:00:00+02",
                        "1 month 2 days 00:00:00.000003",
                        "0101",
                        "x",
                        "2020-01-01T00:00:01",
                        "2020-01-01T00:00:00.123457",
                        "5",
                        "1",
                        "36000123456",
                        "12");
        assertThat(results.names()).startsWith("a", "b").endsWith("l", "m");
        assertThat(results.rows().getFirst().get(10)).contains("1 day");
        assertThat(results.types()).contains("INTERVAL", "STRUCT(\"a b\" INTERVAL, \"bit\" BIT[])");
    }

    @Test
    void aCastResultKeepsItsOrder() throws IOException {
        List<List<String>> rows = rows("select id, to_days(k::int) from orders order by id desc limit 30000", orders);
        assertThat(rows).hasSize(30_000);
        assertThat(rows.getFirst().getFirst()).isEqualTo("500009");
        assertThat(rows.getLast().getFirst()).isEqualTo("470010");
    }

    @Test
    void nestedTypesKeepTheirShape() throws IOException {
        Results results = results("select {'a': 1, 'b': [1, 2]} s, map {'x': 1} m, [[1], []] l, [1, 2]::int[2] f");
        assertThat(results.arrowTypes()).containsExactly("Struct", "Map(false)", "List", "FixedSizeList(2)");
        assertThat(results.types())
                .containsExactly(
                        "STRUCT(a INTEGER, b INTEGER[])", "MAP(VARCHAR, INTEGER)", "INTEGER[][]", "INTEGER[2]");
    }

    @Test
    void aNumberBeyond38DigitsIsATypeFailure() throws IOException {
        assertThat(failure("select 170141183460469231731687303715884105727::hugeint")
                        .kind())
                .isEqualTo(Kind.TYPE);
        assertThat(failure("select {'a': [-100000000000000000000000000000000000000::hugeint]}")
                        .kind())
                .isEqualTo(Kind.TYPE);
        assertThat(failure("select 340282366920938463463374607431768211455::uhugeint")
                        .kind())
                .isEqualTo(Kind.TYPE);
        assertThat(rows("select 99999999999999999999999999999999999999::hugeint"))
                .hasSize(1);
    }

    @Test
    void failuresAreSentencesWithAPlaceInTheText() throws IOException {
        String sql = "select 'ü🎈', nope from orders";
        Failure column = failure(sql, orders);
        assertThat(column.kind()).isEqualTo(Kind.BINDING);
        assertThat(column.message()).startsWith("Column nope does not exist");
        assertThat(column.offset()).isEqualTo(sql.indexOf("nope"));

        Failure table = failure("select * from ordrs", orders);
        assertThat(table).isEqualTo(Failure.at(Kind.UNKNOWN_TABLE, "Table ordrs does not exist", 14));

        Failure function = failure("select foo(1)");
        assertThat(function.kind()).isEqualTo(Kind.BINDING);
        assertThat(function.message()).isEqualTo("Scalar Function with name foo does not exist!");

        Failure early = failure("select 'abc'::int");
        assertThat(early.kind()).isEqualTo(Kind.TYPE);
        assertThat(early.message()).contains("'abc'").doesNotContain("LINE");
        assertThat(early.offset()).isEqualTo(12);

        assertThat(failure("select error('boom ' || i) from range(10) t(i)").message())
                .isEqualTo("boom 0");
        Failure late = failure("select case when i = 4000000 then error('boom') else 'x' end from range(5000000) t(i)");
        assertThat(late.kind()).isEqualTo(Kind.TYPE);
        assertThat(late.message()).isEqualTo("boom");
        assertThat(failure("select ?").kind()).isNotEqualTo(Kind.INTERNAL);
        assertThat(failure("").kind()).isEqualTo(Kind.NOT_ALLOWED);
    }

    @Test
    void memoryBeyondTheLimitIsAFailureAndSpillingWorks() throws IOException {
        assertThat(failure("select list(i || repeat('x', 1000)) from range(10000000) t(i)")
                        .kind())
                .isEqualTo(Kind.OUT_OF_MEMORY);
    }

    @Test
    void aMissingFileNamesNoPath() throws IOException {
        Path gone = folder.resolve("gone.parquet");
        TableSource table = new TableSource(
                "iceberg",
                "shop",
                "t",
                List.of(new SourceColumn(1, "i", "BIGINT")),
                List.of(new SourceFile(gone.toString(), 1, 1)));
        Failure failure = failure("select * from t", table);
        assertThat(failure.kind()).isEqualTo(Kind.IO);
        assertThat(failure.message()).doesNotContain(folder.toString());
    }

    @Test
    void showDescribeAndExplainWork() throws IOException {
        assertThat(rows("describe orders", orders)).hasSize(3);
        assertThat(rows("show tables", orders)).containsExactly(List.of("orders"));
        assertThat(rows("explain select count(*) from orders where k = 1", orders))
                .isNotEmpty();
        assertThat(rows("explain (format json) select 1")).isNotEmpty();
    }

    private long chunkBytes(String column) throws SQLException {
        long sum = 0;
        for (SourceFile file : orders.files()) {
            sum += Parquet.number("select sum(total_compressed_size) from parquet_metadata(" + Parquet.glob(file.path())
                    + ") where path_in_schema = '" + column + "'");
        }
        return sum;
    }

    private static String copy(String select, Path file) {
        return "copy (" + select + ") to '" + file.toString().replace("'", "''") + "' (format parquet)";
    }

    private static SourceFile file(Path path) throws IOException {
        return new SourceFile(path.toString(), Files.size(path), 0);
    }
}
