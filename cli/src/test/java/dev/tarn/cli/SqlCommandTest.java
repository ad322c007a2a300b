package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlCommandTest {
    private static final String STATEMENTS = "/tarn/v1/statements";

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answer(String columns, String rows) {
        server.answer(
                "POST",
                STATEMENTS,
                200,
                "{\"id\":\"1\",\"status\":\"completed\",\"columns\":" + columns + ",\"rows\":" + rows
                        + ",\"row_count\":2,\"elapsed_ms\":12,\"bytes_scanned\":1234567}");
    }

    private CommandRun.Result sql(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "sql";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.against(server).run(all);
    }

    @Test
    void printsEveryDigitAndAlignsWhatIsWide() {
        answer("""
                [{"name":"id","type":"BIGINT"},{"name":"amount","type":"DECIMAL(38,10)"},{"name":"城市","type":"STRING"},\
                {"name":"more","type":"STRUCT<a: INT>"}]""", """
                [[9223372036854775807,1234567890123456789012345678.0000000001,"東京",{"a":[1.50,null]}],\
                [1,0.0000000000,null,null]]""");

        var result = sql("select 1");

        assertThat(result.out()).isEqualTo("""
                                  id |                                  amount | 城市 | more
                ---------------------+-----------------------------------------+------+-------------------
                 9223372036854775807 | 1234567890123456789012345678.0000000001 | 東京 | {"a":[1.50,null]}
                                   1 |                            0.0000000000 | NULL | NULL
                (2 rows, 12 ms, 1.2 MB scanned)
                """);
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void noControlCharacterOfTheDataReachesTheTerminal() {
        answer("[{\"name\":\"t\",\"type\":\"STRING\"}]", "[[\"a\\nb\\t\\u001b[31mred\"]]");

        assertThat(sql("select 1").out()).contains(" a\\nb\\t\\u001b[31mred").doesNotContain("\u001b");
    }

    @Test
    void csvQuotesWhatNeedsItAndTellsNullFromEmpty() {
        answer(
                "[{\"name\":\"a,b\",\"type\":\"STRING\"},{\"name\":\"n\",\"type\":\"DECIMAL(3,2)\"}]",
                "[[\"say \\\"hi\\\"\\n\",1.50],[\"\",null]]");

        assertThat(sql("--csv", "select 1").out()).isEqualTo("""
                "a,b",n
                "say ""hi""
                ",1.50
                "",
                """);
    }

    @Test
    void jsonIsTheServersAnswerUntouched() {
        answer("[{\"name\":\"n\",\"type\":\"DOUBLE\"}]", "[[1.0E10],[\"NaN\"]]");

        assertThat(sql("--json", "select 1").out())
                .contains("\"rows\":[[1.0E10],[\"NaN\"]]")
                .endsWith("}\n");
    }

    @Test
    void takesTheStatementFromArgumentFileOrInput(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("q.sql"), "select 'ä'\n");

        sql("select 1", "--schema", "shop", "--timeout", "1.5");
        sql("-f", file.toString());
        CommandRun.against(server).typing("select 3").run("sql");

        var bodies = server.requests("POST", STATEMENTS);
        assertThat(bodies.get(0).body())
                .contains("\"statement\":\"select 1\"", "\"schema\":\"shop\"", "\"timeout_ms\":1500");
        assertThat(bodies.get(1).body()).contains("\"statement\":\"select 'ä'\"");
        assertThat(bodies.get(2).body()).contains("\"statement\":\"select 3\"");
    }

    @Test
    void marksThePlaceOfAnError() {
        server.answer("POST", STATEMENTS, 400, """
                {"status":400,"code":"binding_error","detail":"Column \\"amont\\" does not exist.",\
                "position":{"line":2,"column":12,"offset":20,"length":5}}""");

        var result = sql("select\n  '東京', x, amont\nfrom t");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("""
                tarn: Column "amont" does not exist. (line 2, column 12)
                    '東京', x, amont
                               ^^^^^
                """);
    }

    @Test
    void withJsonAnErrorIsOneLineOfJson() {
        server.refuse("POST", STATEMENTS, 404, "unknown_table", "Table iceberg.x.y does not exist.");

        var result = sql("--json", "select 1");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err())
                .startsWith("{\"type\":")
                .contains("\"code\":\"unknown_table\"")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400,6", "401,3", "403,3", "404,4", "408,8", "409,5", "413,6", "415,6", "422,6", "429,8", "500,1", "503,8",
        "507,8"
    })
    void theExitCodeTellsTheClassOfTheError(int status, int exitCode) {
        server.refuse("POST", STATEMENTS, status, "some_code", "It did not work.");

        var result = sql("select 1");

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.err()).isEqualTo("tarn: It did not work.\n");
    }

    @Test
    void anAnswerThatIsNotTarnsIsSaidSo() {
        server.answer("POST", STATEMENTS, 502, "<html>Bad gateway</html>");
        assertThat(sql("select 1").err()).isEqualTo("tarn: The server answered HTTP 502.\n");

        server.answer("POST", STATEMENTS, 200, "{\"columns\":[{\"name\":\"n\",\"type\":\"INT\"}],\"rows\":[[1],");
        var cut = sql("select 1");
        assertThat(cut.exitCode()).isEqualTo(7);
        assertThat(cut.err()).contains("broke before the answer was complete").doesNotContain("\tat ");
    }

    @Test
    void aWrongCommandLineIsOneSentence() {
        assertThat(sql("--json", "--csv", "select 1").exitCode()).isEqualTo(2);
        assertThat(sql("").exitCode()).isEqualTo(2);
        var both = sql("select 1", "-f", "x.sql");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).hasLineCount(1);
    }

    @Test
    void severalStatementsRunOneAfterTheOtherUntilOneFails(@TempDir Path folder) throws IOException {
        var both = sql("select 1; select ';';");
        assertThat(both.out()).containsSubsequence("(1 row,", "(1 row,");
        assertThat(server.requests("POST", STATEMENTS)).hasSize(2);
        assertThat(server.requests("POST", STATEMENTS).get(1).body()).contains("\"select ';'\"");

        server.answer("POST", STATEMENTS, 400, """
                {"status":400,"code":"binding_error","detail":"No such column.","position":{"line":1,"column":8,"length":1}}""");
        Path file = Files.writeString(folder.resolve("q.sql"), "-- first\n\n;\n\nselect x;\nselect y;");
        var failed = sql("-f", file.toString());
        assertThat(failed.err()).startsWith("tarn: No such column. (line 5, column 8)\n  select x\n         ^\n");
        assertThat(server.requests("POST", STATEMENTS)).hasSize(3);
    }

    @Test
    void parametersAreBoundAndEachMustBeUsed() {
        sql("select :a; select :b::int, :a", "--param", "a=it's = x", "--param", "b:DATE=2024-01-01");
        var bodies = server.requests("POST", STATEMENTS);
        assertThat(bodies.get(0).body()).contains("\"parameters\":{\"a\":\"it's = x\"}");
        assertThat(bodies.get(1).body())
                .contains("\"b\":{\"type\":\"DATE\",\"value\":\"2024-01-01\"}", "\"a\":\"it's = x\"");
        assertThat(sql("select 1", "--param", "a=1").err()).contains("No statement has :a");
        assertThat(sql("select :a", "--param", "a").exitCode()).isEqualTo(2);
    }

    @Test
    void otherFormats() {
        answer("[{\"name\":\"a\",\"type\":\"STRING\"},{\"name\":\"a\",\"type\":\"INT\"}]", "[[\"x|y\",1],[null,2]]");

        assertThat(sql("select 1", "--format", "markdown").out())
                .isEqualTo("| a | a |\n|---|---:|\n| x\\|y | 1 |\n| NULL | 2 |\n");
        assertThat(sql("select 1", "--format", "ndjson").out())
                .isEqualTo("{\"a\":\"x|y\",\"a_1\":1}\n{\"a\":null,\"a_1\":2}\n");
        assertThat(sql("select 1", "--format", "json").out())
                .isEqualTo("[{\"a\":\"x|y\",\"a_1\":1},\n {\"a\":null,\"a_1\":2}]\n");
        answer("[]", "[]");
        assertThat(sql("select 1", "--format", "json").out()).isEqualTo("[]\n");
    }
}
