package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.GivenColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParquetLoadTest extends FileLoading {
    private Path parquet(String name, String select) throws SQLException {
        Path path = folder.resolve(name);
        duckdb("copy (" + select + ") to '" + path + "' (format parquet, row_group_size 20000)");
        return path;
    }

    @Test
    void everyTypeBecomesOneOfATable() throws IOException, SQLException {
        Path file = parquet(
                "types.parquet",
                "select 1::utinyint a, 18446744073709551615::ubigint b, 7::smallint c, uuid '11111111-2222-3333-4444-555555555555' d,"
                        + " time '10:00:00' e, timestamp_ms '2020-01-01 00:00:00' f, timestamp_ns '2020-01-01 00:00:00.123456789' g,"
                        + " timestamptz '2020-01-01 00:00:00Z' h, 1.5::decimal(30,4) i, {'x': [1::uinteger], 'm': map {'k': 1}} j,"
                        + " 'v'::enum('v', 'w') k, '{\"a\": 1}'::json l, 'b'::blob m, interval '1 day' n, timetz '10:00:00+02' o,"
                        + " 4294967295::uinteger p, true q, 0.1::float r, null s");
        Message.Loaded loaded = loaded(task(List.of(file), ALL, List.of(), false, false));
        assertThat(numbered(loaded))
                .isEqualTo("1 a INTEGER, 2 b DECIMAL(20,0), 3 c INTEGER, 4 d UUID, 5 e TIME, 6 f TIMESTAMP,"
                        + " 7 g TIMESTAMP, 8 h TIMESTAMP WITH TIME ZONE, 9 i DECIMAL(30,4),"
                        + " 10 j STRUCT(x BIGINT[], m MAP(VARCHAR, INTEGER)), 11 k VARCHAR, 12 l VARCHAR, 13 m BLOB,"
                        + " 14 n VARCHAR, 15 o VARCHAR, 16 p BIGINT, 17 q BOOLEAN, 18 r FLOAT, 19 s VARCHAR");
        assertThat(rows(loaded).getFirst())
                .contains("18446744073709551615", "2020-01-01 00:00:00.123457", "1 day", "v", "4294967295");
        assertThat(loaded.warnings()).containsExactly("Column 'g' has nanoseconds, which are rounded to microseconds");
        assertThat(Parquet.number("select count(*) from parquet_schema("
                        + Parquet.glob(loaded.files().getFirst().path())
                        + ") where field_id is null and num_children is null"))
                .isZero();
    }

    /** Written by Arrow's C++ library: types that DuckDB does not write. */
    @Test
    void filesOfOtherWritersLoad() throws IOException, SQLException {
        Message.Loaded loaded = loaded(task(List.of(resource("arrow-int96.parquet")), ALL, NEW, false, false));
        assertThat(numbered(loaded))
                .isEqualTo("1 int96 TIMESTAMP, 2 half FLOAT, 3 dict VARCHAR, 4 ms TIME, 5 ns TIME, 6 fixed BLOB,"
                        + " 7 large VARCHAR, 8 u64 DECIMAL(20,0), 9 dec DECIMAL(38,2), 10 m MAP(VARCHAR, INTEGER),"
                        + " 11 l STRUCT(a INTEGER)[]");
        assertThat(rows(loaded).getFirst())
                .containsExactly(
                        "2024-01-01 10:00:00.123456",
                        "0.5",
                        "x",
                        "10:00:00.005",
                        "01:00:00",
                        "abc",
                        "é",
                        "18446744073709551615",
                        "1.50",
                        "{k=1}",
                        "[{'a': 1}]");
        Message.Loaded times = loaded(task(List.of(resource("arrow-times.parquet")), ALL, NEW, false, false));
        assertThat(numbered(times)).isEqualTo("1 z TIMESTAMP WITH TIME ZONE, 2 s TIMESTAMP, 3 d64 DATE, 4 n VARCHAR");
        assertThat(rows(times).getFirst())
                .containsExactly("2024-01-01 10:00:00.123457+00", "2024-01-01 10:00:00", "2024-01-01", null);
        assertThat(times.warnings()).hasSize(1);
    }

    /** Where workers may read it. */
    private Path resource(String name) throws IOException {
        Path source = Path.of("src/test/resources/dev/tarn/worker", name);
        return Files.copy(source, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void severalFilesAreUnitedByNameAndRowsKeepTheirOrder() throws IOException, SQLException {
        Path first = parquet("first.parquet", "select i, 'a' || i as s, {'x': i} as n from range(300000) t(i)");
        Path second = parquet("second.parquet", "select 5.5::decimal(5,1) as i, true as \"new one\", {'y': 'z'} as n");
        Message.Loaded loaded = loaded(task(List.of(first, second), ALL, List.of(), false, false));
        assertThat(numbered(loaded))
                .isEqualTo("1 i DECIMAL(20,1), 2 s VARCHAR, 3 n STRUCT(x BIGINT, y VARCHAR), 4 new one BOOLEAN");
        assertThat(loaded.rows()).isEqualTo(300_001);
        assertThat(Parquet.rows("with f as (select i, row_number() over () n from read_parquet("
                        + Parquet.glob(loaded.files().getFirst().path())
                        + ")) select count(*) from f where i <> n - 1"))
                .containsExactly(List.of("1"));
    }

    @Test
    void columnsAreChosenRenamedAndTyped() throws IOException, SQLException {
        Path file = parquet("given.parquet", "select 'x' as a, '2020-01-05' as \"B\", 7 as c");
        Message.Loaded loaded = loaded(task(
                List.of(file),
                List.of(new GivenColumn("b", "day", "DATE"), new GivenColumn("c", "n", "VARCHAR")),
                List.of(),
                false,
                false));
        assertThat(numbered(loaded)).isEqualTo("1 day DATE, 2 n VARCHAR");
        assertThat(rows(loaded)).containsExactly(List.of("2020-01-05", "7"));
        assertThat(failed(task(List.of(file), List.of(new GivenColumn("z", "z", null)), List.of(), false, false))
                        .message())
                .contains("'z'");
    }

    @Test
    void aTableTakesWhatFitsAndIsWidened() throws IOException, SQLException {
        List<TargetColumn> target = List.of(
                new TargetColumn(5, "Id", "INTEGER", true),
                new TargetColumn(6, "price", "DECIMAL(10,2)", false),
                new TargetColumn(7, "s", "STRUCT(a BIGINT, b VARCHAR)", false),
                new TargetColumn(9, "day", "DATE", false),
                new TargetColumn(10, "gone", "VARCHAR", false));
        Path file = parquet(
                "into.parquet",
                "select 5000000000 as id, 1.50::decimal(12,2) as price, {'b': 'x', 'a': 1::integer} as s, '2020-02-29' as day");
        Message.Loaded loaded = loaded(task(List.of(file), ALL, target, false, false));
        assertThat(numbered(loaded))
                .isEqualTo(
                        "5 Id BIGINT, 6 price DECIMAL(12,2), 7 s STRUCT(a BIGINT, b VARCHAR), 9 day DATE, 10 gone VARCHAR");
        assertThat(rows(loaded).getFirst())
                .containsExactly("5000000000", "1.50", "{'a': 1, 'b': x}", "2020-02-29", null);
        Path nested = parquet("nested.parquet", "select 1 as id, {'a': 1, 'c': 2} as s");
        Path more = parquet("more.parquet", "select 1 as id, {'a': 1, 'c': 2} as s, 3 as extra");
        assertThat(failed(task(List.of(nested), ALL, target, false, false)).message())
                .contains("'c'");
        assertThat(failed(task(List.of(more), ALL, target, false, false)).message())
                .contains("'extra'");
        assertThat(numbered(loaded(task(List.of(more), ALL, target, true, false))))
                .contains("7 s STRUCT(a BIGINT, b VARCHAR, c INTEGER)")
                .endsWith("11 extra INTEGER");
        Path lacks = parquet("lacks.parquet", "select 1.5::decimal(10,2) as price");
        assertThat(failed(task(List.of(lacks), ALL, target, false, false)).message())
                .contains("'Id'");
    }

    @Test
    void valuesThatDoNotFitStopOrAreSkipped() throws IOException, SQLException {
        List<TargetColumn> target = List.of(
                new TargetColumn(1, "n", "BIGINT", true),
                new TargetColumn(2, "day", "DATE", false),
                new TargetColumn(3, "d", "DECIMAL(5,2)", false));
        Path file = parquet(
                "faults.parquet",
                "select case when i = 70000 then null when i = 80000 then 1.5 else i::double end as n,"
                        + " case when i = 50000 then 'nope' else '2020-01-01' end as day,"
                        + " case when i = 90000 then '1.234' else '1.20' end as d from range(100000) t(i)");
        Failure stop = failed(task(List.of(file), ALL, target, false, false));
        assertThat(stop.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(stop.line()).isEqualTo(50_001);
        assertThat(stop.column()).isEqualTo("day");
        assertThat(stop.value()).isEqualTo("nope");
        assertThat(stop.message())
                .isEqualTo("Row 50001 of faults.parquet has 'nope', which is no DATE as column 'day' needs");
        Message.Loaded skipped = loaded(task(List.of(file), ALL, target, false, true));
        assertThat(skipped.rows()).isEqualTo(99_996);
        assertThat(skipped.rejected()).isEqualTo(4);
        assertThat(Files.readAllLines(rejects()))
                .hasSize(5)
                .contains("file,line,column,value,reason")
                .anyMatch(line -> line.startsWith("faults.parquet,80001,n,1.5,"))
                .anyMatch(line -> line.startsWith("faults.parquet,70001,n,"))
                .anyMatch(line -> line.startsWith("faults.parquet,90001,d,1.234,"));
    }

    @Test
    void brokenFilesAreNamed() throws IOException, SQLException {
        Path good = parquet("good.parquet", "select i, md5(i::varchar) m from range(50000) t(i)");
        byte[] bytes = Files.readAllBytes(good);
        Path cut = Files.write(folder.resolve("cut.parquet"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Failure failure = failed(task(List.of(good, cut), ALL, List.of(), false, false));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_FILE);
        assertThat(failure.message()).contains("cut.parquet").contains("no whole Parquet file");
        Path tiny = Files.write(folder.resolve("tiny.parquet"), new byte[] {'P', 'A', 'R', '1'});
        assertThat(failed(task(List.of(tiny), ALL, List.of(), false, false)).message())
                .contains("tiny.parquet");
        Path footer = Files.write(folder.resolve("footer.parquet"), bytes);
        try (RandomAccessFile file = new RandomAccessFile(footer.toFile(), "rw")) {
            file.seek(file.length() - 200);
            file.write(new byte[150]);
        }
        assertThat(failed(task(List.of(footer), ALL, List.of(), false, false)).kind())
                .isEqualTo(Kind.BAD_FILE);
        Path middle = Files.write(folder.resolve("middle.parquet"), bytes);
        try (RandomAccessFile file = new RandomAccessFile(middle.toFile(), "rw")) {
            file.seek(1000);
            file.write(new byte[200_000]);
        }
        assertThat(failed(task(List.of(middle), ALL, List.of(), false, false)).kind())
                .isEqualTo(Kind.BAD_FILE);
        Path secret = folder.resolve("secret.parquet");
        duckdb(
                "set force_mbedtls_unsafe = 'true'",
                "pragma add_parquet_key('k', '0123456789112345')",
                "copy (select 1 as a) to '" + secret + "' (format parquet, encryption_config {footer_key: 'k'})");
        assertThat(failed(task(List.of(secret), ALL, List.of(), false, false)).message())
                .contains("encrypted");
    }

    @Test
    void theSizesAtBothEnds() throws IOException, SQLException {
        Path none = parquet("none.parquet", "select 1 as a where false");
        assertThat(loaded(task(List.of(none), ALL, List.of(), false, false)).files())
                .isEmpty();
        Path wide = parquet(
                "wide.parquet",
                "select "
                        + IntStream.range(0, 2_000)
                                .mapToObj(i -> i + " as c" + i)
                                .collect(Collectors.joining(", ")) + " from range(3000)");
        assertThat(loaded(task(List.of(wide), ALL, List.of(), false, false)).columns())
                .hasSize(2_000);
        Path big = parquet("big.parquet", "select repeat('0123456789', 5000000) as big, 1 as n");
        assertThat(loaded(task(List.of(big), ALL, List.of(), false, false)).rows())
                .isEqualTo(1);
    }

    @Test
    void aPreviewShowsTheBeginning() throws IOException, SQLException {
        Path file = parquet(
                "preview.parquet", "select i::uinteger as i, {'a': [i]} as s, null as z from range(500000) t(i)");
        Message message = worker.ask(
                new Message.PreviewFiles(nextId(), task(List.of(file), List.of(), List.of(), false, false), 2));
        Preview preview = ((Message.Previewed) message).preview();
        assertThat(preview.options().format()).isEqualTo(FileOptions.Format.PARQUET);
        assertThat(preview.columns().get(1)).isEqualTo(new Preview.PreviewColumn("s", "s", "STRUCT(a BIGINT[])"));
        assertThat(preview.rows()).hasSize(2);
        assertThat(preview.rows().get(1)).containsExactly("1", "{\"a\":[1]}", null);
    }

    @Test
    void aCancelLeavesNothing() throws Exception {
        Path file = parquet("slow.parquet", "select md5(i::varchar) m, md5((i+1)::varchar) n from range(2000000) t(i)");
        long id = nextId();
        worker.send(new Message.Load(id, task(List.of(file, file, file), ALL, List.of(), false, false)));
        TimeUnit.MILLISECONDS.sleep(600);
        worker.send(new Message.Cancel(id));
        Message last = worker.conversation().getLast();
        assertThat(((Message.Failed) last).failure().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(output()).isEmptyDirectory();
    }
}
