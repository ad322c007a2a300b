package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.workers.TestWorkers;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.worker.protocol.Message;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTreeTest {
    private static WorkerPool pool;

    @BeforeAll
    static void start(@TempDir Path folder) {
        pool = TestWorkers.start(folder);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    private static List<TableReference> tables(String sql) {
        Deadline deadline = Deadline.in(Clock.systemUTC(), Duration.ofSeconds(20));
        try (WorkerLease lease = pool.lease(deadline, new Cancellation())) {
            Message.Parsed parsed = lease.call(
                    Message.Parsed.class,
                    id -> new Message.Parse(id, sql),
                    part -> {},
                    failure -> WorkerFailures.translate(failure, sql));
            return SyntaxTree.tables(sql, parsed.syntaxTree());
        }
    }

    private static List<String> names(String sql) {
        return tables(sql).stream().map(table -> String.join(".", table.path())).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select * from t | t",
                "from iceberg.shop.orders o join shop.customers using (id) | iceberg.shop.orders shop.customers",
                "with x as (select * from a) select * from x, b | a b",
                "with x as (select 1), y as (select * from x) select * from X, y | ''",
                "with recursive r as (select 1 n union all select n + 1 from r) select * from r | ''",
                "select (with x as (select 1) select 1), count(*) from x | x",
                "select (with \"a.csv\" as (select 1) select 1), count(*) from 'a.csv' | a.csv",
                "with x as (select * from x) select 1 | ''",
                "select * from (select * from a) where exists (select 1 from b) and 1 in (select 2 from c) | a b c",
                "select 1 union all select * from a except select * from b | a b",
                "select * from a, lateral (select * from b where b.x = a.x) | a b",
                "select 1 where 1 = (select max(x) from a.b.c.d) | a.b.c.d",
                "select sum(x) over (partition by y order by z) from t qualify row_number() over () = 1 | t",
                "select * exclude (a) replace (b + 1 as b), columns('c.*') from t | t",
                "select list_transform([1, 2], x -> x + 1), {'a': 1}.a, [1, 2][1], a::decimal(10, 2) from t | t",
                "select * from range(10) r(i), unnest([1, 2]), generate_series(1, 3) | ''",
                "values (1), (2) | ''",
                "select case when a then b else c end, x between 1 and 2, a is null, a collate nocase from t | t",
                "select date_trunc('month', d), extract(year from d), interval 3 day + d, current_date from t | t",
                "select count(*), count(distinct a), sum(b) filter (where c), string_agg(d, ',' order by e) from t "
                        + "group by grouping sets ((a), ()), rollup (b) having count(*) > 1 order by 1 limit 10 offset 2 | t"
            })
    void tablesAreThoseThatNoCommonTableExpressionHides(String sql, String expected) {
        assertThat(String.join(" ", names(sql))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_csv('/etc/passwd')",
                "from read_text('/etc/passwd')",
                "from read_blob('/etc/*')",
                "from read_json_auto('/etc/passwd')",
                "from read_parquet('x')",
                "from parquet_metadata('x')",
                "from parquet_schema('x')",
                "from glob('/*')",
                "from sniff_csv('/etc/passwd')",
                "from query('select 1')",
                "from query_table('t')",
                "select * from t where a = (select content from read_text('/etc/passwd'))",
                "with x as (from read_csv('/etc/passwd')) select 1",
                "select current_setting('memory_limit')",
                "select getvariable('x')",
                "select getenv('HOME')",
                "select stats(a) from t",
                "select json_execute_serialized_sql('x')",
                "from json_execute_serialized_sql('x')",
                "select json_serialize_sql('select 1')",
                "select nextval('s')",
                "select sleep_ms(10000)",
                "select pg_sleep(10)",
                "select write_log('x')",
                "select main.read_text('x')",
                "from duckdb_settings()",
                "from duckdb_secrets()",
                "from duckdb_functions()",
                "from pragma_version()",
                "from which_secret('x', 's3')",
                "from test_all_types()",
                "from summary(t)",
                "from seq_scan('t')",
                "from repeat_row(1) r, read_csv('x')",
                "select * from (describe t)",
                "select * from (show tables)",
                "select * from (summarize t)",
                "summarize t",
                "select * from t at (version => getenv('HOME'))",
                "select * from t at (version => (select content from read_text('/etc/passwd')))",
                "select * from t at (timestamp => now() - interval 1 day)",
                "select * from t at (version => 1) at (version => 2)",
                "with t as (select 1) select * from t at (version => 3)",
                "select 1; select 2"
            })
    void whatCouldReachBeyondTheTablesIsRefused(String sql) {
        assertThatThrownBy(() -> tables(sql))
                .isInstanceOfSatisfying(
                        TarnException.class,
                        e -> assertThat(e.code()).isIn(ErrorCode.STATEMENT_NOT_ALLOWED, ErrorCode.SYNTAX_ERROR));
    }

    @Test
    void aRefusalSaysWhere() {
        assertThatThrownBy(() -> tables("select 'é😀', stats(a)\nfrom t"))
                .isInstanceOfSatisfying(
                        TarnException.class,
                        e -> assertThat(e.position().orElseThrow().offset()).isEqualTo("select 'é😀', ".length()));
    }

    @Test
    void aTableReferenceSaysWhere() {
        assertThat(tables("select 'é😀' from shop.orders"))
                .extracting(TableReference::path, TableReference::offset, TableReference::length)
                .containsExactly(tuple(List.of("shop", "orders"), "select 'é😀' from ".length(), 11));
    }
}
