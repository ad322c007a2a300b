package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Parameter;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MaterializeTest extends WorkerTest {
    private Path output = Path.of("");

    private Message ask(String sql, long targetFileBytes, long memory, Parameter... parameters) throws IOException {
        output = Files.createDirectories(folder.resolve("table " + nextId() + " it's"));
        Query query = new Query(sql, List.of(parameters), List.of(), "iceberg", "shop", memory, 2);
        return worker.ask(new Message.Materialize(
                nextId(), query, new MaterializeTask(output.toString(), "part", targetFileBytes)));
    }

    private Message.Materialized written(String sql, Parameter... parameters) throws IOException {
        Message message = ask(sql, 64 << 20, MEMORY, parameters);
        assertThat(message).isInstanceOf(Message.Materialized.class);
        return (Message.Materialized) message;
    }

    private Failure failed(Message message) {
        assertThat(message).isInstanceOf(Message.Failed.class);
        assertThat(output).isEmptyDirectory();
        return ((Message.Failed) message).failure();
    }

    private static String columns(Message.Materialized written) {
        return written.columns().stream()
                .map(column -> column.fieldId() + " " + column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    @Test
    void everyTypeBecomesOneThatTablesHave() throws IOException, SQLException {
        Message.Materialized written = written("select 1::tinyint a, 2::smallint b, 3::utinyint c, 4::usmallint d,"
                + " 5::uinteger e, 6::ubigint f, 7::hugeint g, 8::uhugeint h, timetz '10:00:00+02' i,"
                + " interval '1 day' j, 'x'::enum('x') k, timestamp_ns '2020-01-01 00:00:00.123456789' l, null m,"
                + " [1, 2]::utinyint[2] n, {'a': 1::uinteger, 'b c': map {'k': [interval '1 day']}} o, '{}'::json p,"
                + " 1.5::decimal(5,2) q, 'x'::blob r, uuid '11111111-2222-3333-4444-555555555555' s, 1::float t,"
                + " timestamptz '2020-01-01 00:00:00Z' u, date '2020-01-01' v, time '10:00:00' w, true x, 1 as A");
        assertThat(columns(written))
                .isEqualTo("1 a INTEGER, 2 b INTEGER, 3 c INTEGER, 4 d INTEGER, 5 e BIGINT, 6 f DECIMAL(20,0),"
                        + " 7 g DECIMAL(38,0), 8 h DECIMAL(38,0), 9 i VARCHAR, 10 j VARCHAR, 11 k VARCHAR, 12 l TIMESTAMP,"
                        + " 13 m VARCHAR, 14 n INTEGER[], 15 o STRUCT(a BIGINT, \"b c\" MAP(VARCHAR, VARCHAR[])),"
                        + " 16 p VARCHAR, 17 q DECIMAL(5,2), 18 r BLOB, 19 s UUID, 20 t FLOAT,"
                        + " 21 u TIMESTAMP WITH TIME ZONE, 22 v DATE, 23 w TIME, 24 x BOOLEAN, 25 A_1 INTEGER");
        String path = Parquet.glob(written.files().getFirst().path());
        assertThat(Parquet.rows(
                        "select string_agg(name || ' ' || field_id, ', ' order by column_id) from parquet_schema("
                                + path + ") where field_id > 25 or name in ('a', 'n', 'o')"))
                .containsExactly(List.of("a 1, n 14, element 26, o 15, a 27, b c 28, key 29, value 30, element 31"));
        assertThat(Parquet.rows("select columns('^[a-p]$')::varchar from read_parquet(" + path + ")")
                        .getFirst())
                .containsExactly(
                        "1",
                        "2",
                        "3",
                        "4",
                        "5",
                        "6",
                        "7",
                        "8",
                        "10:00:00+02",
                        "1 day",
                        "x",
                        "2020-01-01 00:00:00.123457",
                        null,
                        "[1, 2]",
                        "{'a': 1, 'b c': {k=[1 day]}}",
                        "{}");
    }

    @Test
    void anOrderIsKeptAndParametersAreBound() throws IOException, SQLException {
        Message.Materialized written = (Message.Materialized) ask(
                "select i, md5(i::varchar) m from range(1000000) t(i) where i < $1 order by m; -- end",
                4 << 20,
                MEMORY,
                new Parameter("VARCHAR", "900000"));
        assertThat(written.rows()).isEqualTo(900_000);
        String file = written.files().getFirst().path();
        assertThat(written.files()).hasSize(1);
        assertThat(Parquet.rows("with f as (select m, file_row_number n from read_parquet(" + Parquet.glob(file)
                        + ", file_row_number = true)), g as (select m, lag(m) over (order by n) p from f)"
                        + " select count(*) from g where m < p"))
                .containsExactly(List.of("0"));
        Message.Materialized several =
                (Message.Materialized) ask("select i, md5(i::varchar) m from range(1000000) t(i)", 4 << 20, MEMORY);
        assertThat(several.files()).hasSizeGreaterThan(2);
        assertThat(several.files().stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(1_000_000);
        for (WrittenFile each : several.files()) {
            assertThat(Path.of(each.path()).getParent()).isEqualTo(output);
            assertThat(Files.size(Path.of(each.path()))).isEqualTo(each.bytes());
        }
        assertThat(columns(written(
                        "select $1 as x, to_days($2) as y",
                        new Parameter("DATE", "2024-01-01"),
                        new Parameter("INTEGER", "2"))))
                .isEqualTo("1 x DATE, 2 y VARCHAR");
    }

    @Test
    void noRowsAreNoFiles() throws IOException {
        assertThat(written("select 1 as a where false").files()).isEmpty();
        assertThat(output).isEmptyDirectory();
        assertThat(columns(written("describe select 1 as x"))).startsWith("1 column_name VARCHAR");
    }

    @Test
    void whatFailsLeavesNoFile() throws Exception {
        assertThat(failed(ask("select nope", 1 << 20, MEMORY)).offset()).isEqualTo(7);
        assertThat(failed(ask("explain select 1", 1 << 20, MEMORY)).kind()).isEqualTo(Kind.NOT_ALLOWED);
        assertThat(failed(ask("copy (select 1) to 'x'", 1 << 20, MEMORY)).kind())
                .isEqualTo(Kind.NOT_ALLOWED);
        assertThat(failed(ask(
                                "select case when i = 3000000 then error('boom') else 'x' end as x from range(4000000) t(i)",
                                1 << 20,
                                MEMORY))
                        .message())
                .contains("boom");
        assertThat(failed(ask("select 100000000000000000000000000000000000000::hugeint as h", 1 << 20, MEMORY))
                        .kind())
                .isEqualTo(Kind.TYPE);
        assertThat(failed(ask("select list(i || repeat('x', 1000)) l from range(10000000) t(i)", 1 << 20, 128L << 20))
                        .kind())
                .isEqualTo(Kind.OUT_OF_MEMORY);
        assertThat(failed(ask("select * from read_parquet('" + folder + "/table*/*.parquet')", 1 << 20, MEMORY))
                        .kind())
                .isEqualTo(Kind.NOT_ALLOWED);
    }

    @Test
    void aCancelLeavesNoFile() throws Exception {
        output = Files.createDirectories(folder.resolve("cancelled"));
        long id = nextId();
        worker.send(new Message.Materialize(
                id,
                query("select md5(i::varchar) m from range(100000000000) t(i)"),
                new MaterializeTask(output.toString(), "part", 1 << 20)));
        TimeUnit.MILLISECONDS.sleep(700);
        worker.send(new Message.Cancel(id));
        assertThat(failed(worker.conversation().getLast()).kind()).isEqualTo(Kind.CANCELLED);
    }
}
