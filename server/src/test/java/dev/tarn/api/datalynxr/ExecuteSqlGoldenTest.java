package dev.tarn.api.datalynxr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.SampleTables;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/sql/execute}, after the contract's own example. */
class ExecuteSqlGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static String table = "";

    @BeforeAll
    static void load() {
        table = SampleTables.make(SERVER, "id,name\n1,Ada\n2,Grace\n3,Edsger\n");
    }

    private static RunningServer.Reply execute(String statement) {
        ObjectNode request = JsonMapper.shared().createObjectNode().put("statement", statement);
        return SERVER.post("/v1/sql/execute", request.toString());
    }

    @Test
    void theExampleOfTheContract() {
        RunningServer.Reply reply = SERVER.post("/v1/sql/execute", """
            {"workspace": "default", "statement": "SELECT COUNT(*) FROM %s", "timeout_ms": 30000}""".formatted(table));

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        JsonNode body = reply.json();
        assertThat(List.copyOf(body.propertyNames()))
                .containsExactly("query_id", "status", "rows", "columns", "elapsed_ms", "bytes_scanned");
        assertThat(body.get("query_id").asString()).matches("qry_[0-9A-Z]{20,}");
        assertThat(body.get("status").asString()).isEqualTo("completed");
        assertThat(body.get("rows")).hasToString("[{\"count(1)\":3}]");
        assertThat(body.get("columns")).hasToString("[{\"name\":\"count(1)\",\"type\":\"BIGINT\"}]");
        assertThat(body.get("elapsed_ms").isIntegralNumber()).isTrue();
        assertThat(body.get("bytes_scanned").isIntegralNumber()).isTrue();
    }

    @Test
    void bytesScannedAreThoseOfTheColumnsThatWereRead() {
        assertThat(execute("select 1").json().get("bytes_scanned").asLong()).isZero();
        long one = execute("select sum(id) from " + table)
                .json()
                .get("bytes_scanned")
                .asLong();
        long all = execute("select * from " + table).json().get("bytes_scanned").asLong();
        assertThat(one).isPositive().isLessThan(all);
        assertThat(execute("select * from " + table).json().get("bytes_scanned").asLong())
                .isEqualTo(all);
    }

    @Test
    void valuesKeepEveryDigit() {
        String body = execute("""
            select 9223372036854775807 as big, cast('1234567890123456789012345678.0123456789' as decimal(38,10)) as d,
                   sum(9223372036854775807::bigint) as s, 'NaN'::double as nan, '-Infinity'::double as inf, 1.5::double as x,
                   null as nothing, true as yes, date '0001-01-01' as first, date '9999-12-31' as last,
                   timestamp '2024-02-29 12:00:00' as at, timestamptz '2024-02-29 12:00:00.5+02:00' as zoned,
                   time '01:02:03' as t, 'ab'::blob as b, [1, 2] as l, {'a': 1, 'b c': 'x'} as st, map {'k': 1} as m,
                   map {1: 'v'} as pairs, uuid '01939e4c-0000-7000-8000-000000000001' as u, 'é"\\n' as text""").body();

        assertThat(body).contains("""
            "rows":[{"big":9223372036854775807,"d":1234567890123456789012345678.0123456789,"s":9223372036854775807,\
            "nan":"NaN","inf":"-Infinity","x":1.5,"nothing":null,"yes":true,"first":"0001-01-01","last":"9999-12-31",\
            "at":"2024-02-29T12:00:00","zoned":"2024-02-29T10:00:00.5Z","t":"01:02:03","b":"YWI=","l":[1,2],\
            "st":{"a":1,"b c":"x"},"m":{"k":1},"pairs":[[1,"v"]],"u":"01939e4c-0000-7000-8000-000000000001",\
            "text":"é\\"\\\\n"}]""");
        assertThat(body)
                .contains("{\"name\":\"big\",\"type\":\"BIGINT\"},{\"name\":\"d\",\"type\":\"DECIMAL(38,10)\"},"
                        + "{\"name\":\"s\",\"type\":\"DECIMAL(38,0)\"},{\"name\":\"nan\",\"type\":\"DOUBLE\"}")
                .contains("{\"name\":\"zoned\",\"type\":\"TIMESTAMPTZ\"},{\"name\":\"t\",\"type\":\"TIME\"},"
                        + "{\"name\":\"b\",\"type\":\"BINARY\"},{\"name\":\"l\",\"type\":\"ARRAY<INT>\"}")
                .contains("{\"name\":\"u\",\"type\":\"UUID\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select [{}] as x | 200 | [{\"x\":[\"{}\"]}]",
                "select {} as x | 200 | [{\"x\":\"{}\"}]",
                "select {'a': [{}]} as x | 200 | [{\"x\":{\"a\":[\"{}\"]}}]",
                "select [1, 2]::int[2] as x, [[3, 4]::int[2]] as y | 200 | [{\"x\":[1,2],\"y\":[[3,4]]}]"
            })
    void oddTypesAnswerToo(String statement, int status, String rows) {
        RunningServer.Reply reply = execute(statement);

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().get("rows")).hasToString(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select cast('😀x' as int) | type_error",
                "select '😀'::date | type_error",
                "select cast(x as int) from (values ('1'), ('😀')) t(x) | type_error",
                "select repeat('x', 20000000)::int | type_error",
                "select 😀 from range(1) | binding_error"
            })
    void anErrorAboutAnyTextIsASentence(String statement, String code) {
        RunningServer.Reply reply = execute(statement);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.json().get("error").get("code").asString()).isEqualTo(code);
        assertThat(reply.json().get("error").get("message").asString()).doesNotContain("exception_type");
    }

    @Test
    void aRepeatedColumnNameIsNumbered() {
        assertThat(execute("select 1 as id, 2 as id, 3 as id").json().get("rows"))
                .hasToString("[{\"id\":1,\"id_1\":2,\"id_2\":3}]");
    }

    @Test
    void expressionsAreNamedAsSparkNamesThem() {
        assertThat(execute("select count(*), mode(id), sum(range) from range(1), " + table)
                        .json()
                        .get("columns")
                        .toString())
                .contains("\"count(1)\"", "\"mode(id)\"");
    }

    @Test
    void catalogAndSchemaMayBeGiven() {
        String schema = table.split("\\.", -1)[1];
        RunningServer.Reply reply = SERVER.post("/v1/sql/execute", """
            {"statement": "select name from EVENTS order by id limit 1", "catalog": "iceberg", "schema": "%s"}""".formatted(schema));
        assertThat(reply.json().get("rows")).hasToString("[{\"name\":\"Ada\"}]");
    }

    @Test
    void showDescribeAndExplainAnswerFromTheCatalog() {
        String schema = table.split("\\.", -1)[1];
        assertThat(execute("show tables in " + schema).json().get("rows"))
                .hasToString(
                        "[{\"namespace\":\"%s\",\"tableName\":\"events\",\"isTemporary\":false}]".formatted(schema));
        assertThat(execute("show schemas").body()).contains("\"" + schema + "\"");
        assertThat(execute("describe " + table).json().get("rows"))
                .hasToString("[{\"col_name\":\"id\",\"data_type\":\"BIGINT\",\"comment\":null},"
                        + "{\"col_name\":\"name\",\"data_type\":\"STRING\",\"comment\":null}]");
        assertThat(execute("describe select count(*) as n, 1.5 as x from " + table)
                        .json()
                        .get("rows"))
                .hasToString("[{\"col_name\":\"n\",\"data_type\":\"BIGINT\",\"comment\":null},"
                        + "{\"col_name\":\"x\",\"data_type\":\"DECIMAL(2,1)\",\"comment\":null}]");
        String plan =
                execute("explain select name from " + table + " where id > 1").body();
        assertThat(plan).contains("explain_value").doesNotContain(SERVER.home().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "selec 1 | 400 | statement_not_allowed",
                "select from where | 400 | syntax_error",
                "select nope from TABLE | 400 | binding_error",
                "select cast('x' as int) | 400 | type_error",
                "select * from iceberg.nowhere.t | 404 | unknown_namespace",
                "select * from TABLE_2 | 404 | unknown_table",
                "select 1; select 2 | 400 | statement_not_allowed",
                "select * from read_csv('/etc/passwd') | 400 | statement_not_allowed",
                "select * from '/etc/passwd' | 404 | unknown_table",
                "insert into TABLE values (1) | 400 | binding_error"
            })
    void aWrongStatementIsToldInTheShapeOfTheContract(String statement, int status, String code) {
        RunningServer.Reply reply = execute(statement.replace("TABLE", table));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        JsonNode error = reply.json().get("error");
        assertThat(error.get("code").asString()).isEqualTo(code);
        assertThat(error.get("message").asString())
                .isNotBlank()
                .doesNotContain(SERVER.home().toString());
        assertThat(error.get("query_id").asString()).matches("qry_[0-9A-Z]{20,}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 400 | invalid_request",
                "{\"statement\": null} | 400 | invalid_request",
                "{\"statement\": 7} | 400 | invalid_request",
                "{\"statement\": \"select 1\", \"timeout_ms\": 0} | 400 | invalid_request",
                "{\"statement\": \"select 1\", \"timeout_ms\": 3600001} | 400 | invalid_request",
                "{\"statement\": \"select 1\", \"timeout_ms\": 1.5} | 400 | invalid_request",
                "{\"statement\": \"select 1\", \"timeout_ms\": \"10\"} | 400 | invalid_request",
                "{\"statement\": \"select 1\", \"workspace\": \"nowhere\"} | 404 | workspace_not_found",
                "{\"statement\": \"select 1\" | 400 | invalid_json"
            })
    void aWrongRequestIsToldInTheShapeOfTheContract(String request, int status, String code) {
        RunningServer.Reply reply = SERVER.post("/v1/sql/execute", request);

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().get("error").get("code").asString()).isEqualTo(code);
    }

    @Test
    void timeoutMsReallyEndsTheWork() {
        RunningServer.Reply reply = SERVER.post("/v1/sql/execute", """
            {"statement": "select count(*) from range(1000000000000) a, range(1000000) b where a.range = b.range + 7",
             "timeout_ms": 300}""");

        assertThat(reply.status()).isEqualTo(408);
        assertThat(reply.json().get("error").get("code").asString()).isEqualTo("timeout");
        assertThat(execute("select 1").status()).isEqualTo(200);
    }

    @Test
    void aResultBeyondTheLimitSaysWhatToDo() {
        RunningServer.Reply reply = execute("select range as a, range as b from range(50000000)");

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().get("error").get("message").asString()).contains("LIMIT", "/v1/sql/submit");
    }
}
