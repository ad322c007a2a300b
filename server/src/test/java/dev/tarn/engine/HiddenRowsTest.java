package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Statements that try to learn what is hidden. Each runs in two namespaces whose tables {@code emp} look the same to the user and
 * differ in every hidden row and cell; whatever is told, it is told of both, to the letter.
 */
class HiddenRowsTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> HIDDEN_WORDS = List.of("HIDDEN", "OTHER", "90000000", "secret", "bonus", "dept");
    private static final String FIRST = namespace();
    private static final String SECOND = namespace();
    private static final String SEEN = namespace();
    private static final LimitedUser USER = LimitedUser.of(SERVER);
    private static final LimitedUser SEER = LimitedUser.of(SERVER);

    private static String namespace() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }

    @BeforeAll
    static void makeTables() {
        String seen = "CASE WHEN i % 2 = 0 THEN i * 10 ELSE %s END";
        String rows = "SELECT i AS id, CASE WHEN i %% 2 = 0 THEN 'n' || i ELSE '%1$s' || i END AS name, "
                + seen.replace("%", "%%").replace("%%s", "%2$s")
                + " AS salary, CASE WHEN i %% 2 = 0 THEN 'shop' ELSE '%1$s' END AS dept, '%1$s' || i AS secret, CASE WHEN i %% 4 = 0 THEN i ELSE %2$s END AS bonus"
                + " FROM range(200) r(i)";
        keep(rows.formatted("HIDDEN", "0"), FIRST);
        keep(rows.formatted("OTHER", "(9000000000000000 + i)"), SECOND);
        for (String namespace : List.of(FIRST, SECOND)) {
            String table = "iceberg." + namespace + ".emp";
            USER.reads(table, List.of("id", "name", "salary"), "dept = 'shop'");
        }
        keep("SELECT id, name, salary FROM iceberg.%s.emp WHERE dept = 'shop'".formatted(FIRST), SEEN);
        SEER.reads("iceberg." + SEEN + ".emp", List.of(), null);
    }

    private static void keep(String statement, String namespace) {
        ObjectNode body = JSON.createObjectNode()
                .put("statement", statement)
                .put("table", "iceberg." + namespace + ".emp")
                .put("mode", "create");
        RunningServer.Reply reply = SERVER.post("/tarn/v1/statements/export", body.toString());
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    /** All that an answer says, but for what is different each time. */
    private static String told(LimitedUser user, String statement, String namespace) {
        RunningServer.Reply reply = user.run(statement.replace("NAMESPACE", namespace), namespace);
        ObjectNode body = (ObjectNode) reply.json();
        body.remove(List.of("id", "elapsed_ms", "statement_id", "instance", "request_id", "trace_id"));
        return reply.status() + " " + body.toString().replace(namespace, "NAMESPACE");
    }

    private static String same(String statement) {
        String told = told(USER, statement, FIRST);
        assertThat(told(USER, statement, SECOND)).as(statement).isEqualTo(told);
        // What the statement says itself may be told again.
        HIDDEN_WORDS.stream()
                .filter(word -> !statement.contains(word))
                .forEach(word -> assertThat(told).as(statement).doesNotContain(word));
        return told;
    }

    @Test
    void thereIsSomethingToSee() {
        assertThat(same("select count(*), min(salary), max(salary), min(name), max(name) from emp"))
                .startsWith("200 ")
                .contains("[[100,0,1980,\"n0\",\"n98\"]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // aggregates and statistics
                "select stats(salary) from emp limit 1",
                "select approx_count_distinct(salary), mode(length(name) > 0), entropy(name), histogram(salary) from emp",
                "select quantile_cont(salary, [0, 0.5, 1]), mad(salary), kurtosis(salary) from emp",
                "select bit_xor(salary), product(salary + 1), hash(list(name order by id)) from emp",
                "select arg_max(name, salary), arg_min(name, salary, 3), max_by(emp, salary) from emp",
                "select count(*) from emp where salary = 0",
                "select count(distinct name), count(distinct salary) from emp",
                "summarize emp",
                "select * from (summarize emp)",
                "describe emp",
                "show columns from emp",
                "show tables",
                // whole rows and columns
                "select * from emp order by id",
                "select emp from emp order by id",
                "select columns('.*') from emp order by all",
                "select columns('sec|bon|dep') from emp",
                "select columns(c -> c like '%e%') from emp order by all",
                "select * exclude (id) from emp order by all",
                "select * replace (secret as name) from emp",
                "select * rename (dept as d) from emp",
                "select unnest(emp) from emp order by all",
                "select struct_pack(emp), row(emp.*) from emp",
                "select struct_extract(emp, 'secret') from emp",
                "select emp['secret'], emp.secret from emp",
                "select to_json(emp), emp::varchar from emp order by all",
                "select hash(emp), md5(emp::varchar) from emp order by all",
                "select list(emp order by emp)[1] from emp",
                "select #1, #4 from emp",
                "select 1 from emp order by secret",
                "select 1 from emp order by 4",
                "select id from emp order by salary, id limit 1 offset 0",
                "select id from emp order by salary desc, id limit 3 offset 99",
                "select secret, count(*) from emp group by all",
                "select count(*) from emp group by dept",
                "select id from emp where dept = 'HIDDEN'",
                "select id from emp where emp.secret is not null",
                "select id from emp qualify row_number() over (partition by dept order by id) = 1",
                "select filename, file_row_number, rowid from emp",
                "select rowid from emp",
                // failures that would tell of a value
                "select count(*) from emp where 1 / (salary - 0) > 5",
                "select count(*) from emp where case when salary = 0 and id <> 0 then error('hidden ' || name) else true end",
                "select count(*) from emp where case when salary > 100000 then error(name) else true end",
                "select count(*) from emp where assert_true(salary < 100000)",
                "select count(*) from emp where (salary * 1000)::int > 0",
                "select count(*) from emp where substr(name, 2)::int >= 0",
                "select name::int from emp",
                "select strptime(name, '%Y') from emp",
                "select count(*) from emp where regexp_matches('x', name)",
                "select count(*) from emp where regexp_matches(name, 'HID|OTH')",
                "select id from emp where name similar to 'H.*' or name glob 'O*'",
                "select sum(salary * 922337203685) from emp",
                "select max(repeat('x', salary // 1000000)) from emp",
                "select id from emp where salary > 5 and error(name) is null",
                "select case when salary = 0 and id <> 0 then error(name) end from emp order by id",
                "select sqrt(1000 - salary) from emp where salary < 1001 order by id",
                "select ln(salary) from emp",
                "select id from emp order by case when salary > 100000 then error('x') end, id",
                "select count(*) from emp having max(case when salary > 100000 then error('x') end) is null",
                "select any_value(name) filter (where salary > 100000 and error(name) is null) from emp",
                "select list_transform(list(salary), lambda x: if(x > 100000, error('x'), 1)) from emp",
                "select from_json(name, '{\"a\": \"INT\"}') from emp",
                "select salary::utinyint from emp where id < 20 or salary > 100000",
                // joins, subqueries, sets
                "select count(*) from emp a join emp b on a.salary = b.salary",
                "select count(*) from emp a left join (values (0), (9000000000000001)) v(s) on a.salary = v.s",
                "select v.s, count(a.id) from (values (0), (9000000000000001)) v(s) left join emp a on a.salary = v.s group by 1 order by 1",
                "select v.s from (values (0), (9000000000000001)) v(s) where v.s in (select salary from emp where id <> 0)",
                "select v.s from (values (0), (9000000000000001)) v(s) where exists (select 1 from emp e where e.salary = v.s and e.id <> 0)",
                "select (select count(*) from emp e where e.salary < v.s) from (values (1), (9000000000000099)) v(s)",
                "select (select count(*) from emp where dept = 'HIDDEN') from (select 'x' as dept)",
                "select o.dept, (select count(*) from emp where dept = 'shop') from (values ('shop'), ('HIDDEN')) o(dept)",
                "select count(*) from emp natural join (select 'HIDDEN' as dept, 1 as id)",
                "select count(*) from emp join (select 'HIDDEN' as dept) o using (dept)",
                "select count(*) from emp asof join (values (9000000000000000)) v(s) on emp.salary >= v.s",
                "select count(*) from emp positional join (select * from range(200))",
                "select id, name from emp except select id, 'n' || id from emp order by all",
                "select id from emp intersect select i from range(200) r(i) order by all",
                "select i from range(200) r(i) except select id from emp order by all",
                "select count(*) from (select * from emp union all by name select 'x' as secret, 1 as bonus)",
                "with dept as (select 1) select * from dept, emp where emp.id = 0",
                "with recursive r as (select min(id) as i from emp union all select i + 1 from r where i < 200) select count(*) from r semi join emp on r.i = emp.id",
                "select count(*) from iceberg.NAMESPACE.emp, NAMESPACE.emp e2",
                "pivot emp on name using count(*) group by id",
                "unpivot emp on id, secret",
                "select * from emp limit 10 %",
                "select count(*) from (select * from emp limit 50 %)",
                "select count(*) from emp using sample reservoir(1000 rows) repeatable (1)",
                "select count(*) from emp using sample 100 percent (bernoulli)",
                "select sum(salary) over (order by id rows between unbounded preceding and 1 preceding) from emp order by id",
                "select lag(name) over (order by id), lead(salary) over (order by id) from emp order by id",
                // other ways in
                "explain select * from emp where salary > 5",
                "explain analyze select * from emp",
                "select * from read_parquet('/tmp/*.parquet')",
                "select * from 'emp.parquet'",
                "select * from parquet_metadata('emp')",
                "select * from parquet_schema('emp')",
                "select * from duckdb_views()",
                "select * from duckdb_columns()",
                "select * from information_schema.columns where table_schema = 'NAMESPACE'",
                "select * from information_schema.tables where table_schema = 'NAMESPACE'",
                "select * from information_schema.schemata where schema_name = 'NAMESPACE'",
                "select * from iceberg.information_schema.views",
                "select * from pragma_table_info('emp')",
                "select * from pragma_storage_info('emp')",
                "select * from pg_catalog.pg_views",
                "select * from sql_auto_complete('select sec')",
                "select * from query('select * from emp')",
                "select * from query_table('emp')",
                "select getvariable('x'), current_setting('threads')",
                "pragma table_info('emp')",
                "select __internal_barrier(salary) from emp",
                "select * from emp$snapshots",
                "select * from \"emp$files\"",
                "select * from \"emp$partitions\"",
                "select * from NAMESPACE.emp.files",
                "select lower_bounds, record_count from NAMESPACE.emp.files",
                "select * from emp$manifests",
                "select * from emp$snapshots version as of 1",
                "select count(*), min(is_current_ancestor) from emp$history",
                "select name, type, max_snapshot_age_in_ms from emp$refs",
                "describe emp$files",
                "show create table emp",
                "show tblproperties emp",
                "select * from emp version as of 'main' order by id",
                "select secret from emp for version as of 'main'",
                "select * from emp timestamp as of '2999-01-01' order by id",
                "select count(*), max(salary) from emp at (version => 'main')",
                "select a.id from emp version as of 'main' a join emp b on a.salary = b.salary order by 1",
                "select * from emp timestamp as of '2001-01-01'",
                "select * from NAMESPACE.emp.branch_main order by id",
                "select * from emp version as of 'secret'",
                "select * from emp at (version => 1)",
                "select current_user, current_roles from emp",
                "select tarn_visible0 from emp",
                "select tarn_rows.dept, tarn_flagged.dept from emp",
                // where an error is
                "select secret from emp",
                "select sekret from emp",
                "select emp.dep from emp",
                "select e.bonu from emp e",
                "select id, (select secret) from emp",
                "select id from emp where secret = 'HIDDEN1' and name = 'x'"
            })
    void tellsNothing(String statement) {
        same(statement);
    }

    /** Whatever is asked, the answer is that of a table which has nothing else. */
    @Test
    void randomQueriesSeeWhatATableOfTheVisibleRowsWouldShow() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            String statement = RandomLimitedQueries.next(random);
            JsonNode expected = SEER.run(statement, SEEN).json();
            for (String namespace : List.of(FIRST, SECOND)) {
                JsonNode told = USER.run(statement, namespace).json();
                assertThat(told.get("rows")).as("seed %d: %s", seed, statement).isEqualTo(expected.get("rows"));
            }
        }
    }

    @Test
    void manyStatementsAtOnceAreEachLimited() {
        List<String> rows = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> USER.run("select count(*), sum(salary) from emp", i % 2 == 0 ? FIRST : SECOND)
                        .json()
                        .get("rows")
                        .toString())
                .distinct()
                .toList();
        assertThat(rows).containsExactly("[[100,99000]]");
    }
}
