package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {
    private static final String LOADS = "/tarn/v1/loads";

    @TempDir
    private Path folder;

    private FakeServer server;
    private String csv = "";
    private String tsv = "";

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
        csv = Files.writeString(folder.resolve("a b.csv"), "id\n1\n2\n").toString();
        tsv = Files.writeString(folder.resolve("b.tsv"), "id\n3\n").toString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandRun.Result load(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "load";
        all[1] = "--table";
        all[2] = "iceberg.shop.t";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.against(server).run(all);
    }

    @Test
    void oneFileIsTheBodyItself() {
        var result = load(csv);

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("a b.csv: 2 rows into iceberg.shop.t (1.0 kB read, 500 B written, 12 ms)");
        var sent = server.requests("POST", LOADS).getFirst();
        assertThat(sent.query())
                .containsEntry("mode", "create")
                .containsEntry("filename", "a b.csv")
                .containsKey("id");
        assertThat(sent.header("Content-type")).isEqualTo("text/csv");
        assertThat(sent.header("Content-length")).isEqualTo("7");
    }

    @Test
    void severalFilesAreOneLoad() {
        var result = load(csv, tsv, "--append");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("2 files: 3 rows into iceberg.shop.t");
        var sent = server.requests("POST", LOADS);
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().query()).containsEntry("mode", "append");
        assertThat(sent.getFirst().header("Content-type")).startsWith("multipart/form-data; boundary=");
        assertThat(sent.getFirst().header("Content-length")).isNotEmpty();
        assertThat(sent.getFirst().body())
                .contains("name=\"file\"; filename=\"a b.csv\"", "filename=\"b.tsv\"", "text/tab-separated-values");
    }

    @Test
    void foldersAndPatternsBecomeTheirFiles() throws IOException {
        Files.writeString(folder.resolve("notes.md"), "no");
        Files.writeString(folder.resolve("b.tsv.rejects.csv"), "no");

        load(folder.toString());
        assertThat(server.requests("POST", LOADS).get(0).body())
                .contains("a b.csv", "b.tsv")
                .doesNotContain("notes");

        load(folder + "/*.tsv", "--replace");
        assertThat(server.requests("POST", LOADS).get(1).query()).containsEntry("filename", "b.tsv");

        var none = load(folder + "/*.parquet");
        assertThat(none.exitCode()).isEqualTo(6);
        assertThat(none.err()).contains("No file matches");
    }

    @Test
    void standardInputIsLoaded() {
        var result = CommandRun.against(server).typing("id\n1\n").run("load", "-", "--table", "iceberg.shop.t");

        assertThat(result.out()).startsWith("standard input: 1 row into");
        assertThat(load("-", csv).exitCode()).isEqualTo(2);
    }

    @Test
    void optionsArePassedOnOnlyWhenGiven() {
        load(csv, "--mode", "replace", "--delimiter", "\\t", "--quote", "'", "--no-header", "--date-order", "dmy");
        load(
                csv,
                "--mode",
                "append",
                "--header",
                "--skip-lines",
                "2",
                "--decimal",
                ",",
                "--sheet",
                "A",
                "--on-error",
                "skip");
        load(csv, "--mode", "append", "--add-columns", "--once", "--rejects-table", "shop.r", "--null-word", "-");
        load(csv, "--mode", "append");

        var sent = server.requests("POST", LOADS);
        assertThat(sent.get(0).query())
                .containsEntry("delimiter", "\t")
                .containsEntry("quote", "'")
                .containsEntry("header", "false")
                .containsEntry("date_order", "dmy");
        assertThat(sent.get(1).query())
                .containsEntry("header", "true")
                .containsEntry("skip_lines", "2")
                .containsEntry("decimal", ",")
                .containsEntry("sheet", "A")
                .containsEntry("on_error", "skip");
        assertThat(sent.get(2).query())
                .containsEntry("add_columns", "true")
                .containsEntry("once", "true")
                .containsEntry("rejects_table", "shop.r")
                .containsEntry("null_words", "-");
        assertThat(sent.get(3).query()).containsOnlyKeys("table", "mode", "id", "filename");
        assertThat(load(csv, "--append", "--replace").exitCode()).isEqualTo(2);
    }

    @Test
    void givenColumnsAreSentWithAnUpload() {
        server.answer("POST", LOADS, 200, "{\"id\":\"l1\",\"table\":\"iceberg.shop.t\",\"rows\":2}");

        var result = load(csv, "--columns", "id BIGINT, \"b c\" AS b DECIMAL(10,2), d", "--delimiter", ";");

        assertThat(result.err()).isEmpty();
        assertThat(server.requests("POST", "/tarn/v1/uploads").getFirst().query())
                .containsEntry("filename", "a b.csv");
        assertThat(server.requests("POST", LOADS).getFirst().body())
                .contains(
                        "\"upload\":\"u1\"",
                        "\"options\":{\"delimiter\":\";\"}",
                        "\"columns\":[{\"source\":\"id\",\"type\":\"BIGINT\"},"
                                + "{\"source\":\"b c\",\"name\":\"b\",\"type\":\"DECIMAL(10,2)\"},{\"source\":\"d\"}]");
        assertThat(load(csv, "--columns", "a STRUCT<b: INT").exitCode()).isEqualTo(2);
    }

    @Test
    void rowsThatWereLeftOutAreKeptInAFile() throws IOException {
        server.answer("POST", LOADS, 200, """
                {"id":"l1","table":"iceberg.shop.t","rows":1,"rejected_rows":1,"warnings":["Column a is empty"]}""");
        server.answer("GET", "/tarn/v1/loads/l1/rejects", 200, "file,line,column,value,reason\n");

        var result = load(csv, "--on-error", "skip");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("a b.csv: 1 row into iceberg.shop.t, 1 row left out");
        assertThat(result.err())
                .contains("tarn: Column a is empty", "1 row of " + csv + " were left out", csv + ".rejects.csv");
        assertThat(Path.of(csv + ".rejects.csv")).content().startsWith("file,line");

        load(csv, "--on-error", "skip", "--rejects", folder.resolve("r").toString(), "--json");
        assertThat(folder.resolve("r")).exists();
    }

    @Test
    void whatWasLoadedBeforeIsSaidSo() {
        server.answer("POST", LOADS, 200, "{\"id\":\"l0\",\"table\":\"iceberg.shop.t\",\"rows\":2,\"repeated\":true}");

        assertThat(load(csv, "--once").out())
                .contains("was loaded into iceberg.shop.t before, as load l0; nothing was written");
    }

    @Test
    void aPreviewWritesNothing() {
        server.answer("POST", "/tarn/v1/loads/preview", 200, """
                {"options":{"format":"csv","delimiter":",","quote":null},"files":["a b.csv"],\
                "columns":[{"source":"id","name":"id","type":"BIGINT"}],"rows":[["1"],[null]],"warnings":["Short"]}""");

        var result = load(csv, "--preview");

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("Read as: format \"csv\", delimiter \",\"", " id     | BIGINT | id", " NULL", "Note: Short")
                .endsWith("Nothing was written to iceberg.shop.t.\n");
        assertThat(server.requests("POST", LOADS)).isEmpty();
        assertThat(server.requests("DELETE", "/tarn/v1/uploads/u1")).hasSize(1);
    }

    @Test
    void aBrokenConnectionIsTriedOnceMoreUnderTheSameKey() {
        server.loadsToBreak = 1;

        var result = load(csv);

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("Trying once more.");
        var sent = server.requests("POST", LOADS);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).header("Idempotency-key")).isEqualTo(sent.get(1).header("Idempotency-key"));
        assertThat(server.tables).containsEntry("iceberg.shop.t", 2L);
    }

    @Test
    void aSecondBreakIsTheEnd() {
        server.loadsToBreak = 2;

        var result = load(csv);

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(server.requests("POST", LOADS)).hasSize(2);
    }

    @Test
    void aBadRowIsNamedAsFileAndLine() {
        server.answer("POST", LOADS, 400, """
                {"status":400,"code":"bad_row","detail":"A number is expected.","file":"a b.csv","line":17,\
                "column":"price","value":"abc"}""");

        var result = load(csv);

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err())
                .isEqualTo("tarn: " + csv + ":17: A number is expected. Column \"price\". Value \"abc\".\n");
    }

    @Test
    void ofSeveralFilesTheOneAtFaultIsNamedByItsPath() {
        server.answer("POST", LOADS, 400, """
                {"status":400,"code":"bad_row","detail":"A number is expected.","file":"b.tsv","line":2}""");

        assertThat(load(csv, tsv).err()).isEqualTo("tarn: " + tsv + ":2: A number is expected.\n");
    }

    @Test
    void aFileThatIsNotThereIsSaidBeforeAnythingIsSent() {
        var result = load(csv, folder.resolve("no.csv").toString());

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("no.csv does not exist.");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void anEmptyFileIsTheServersToRefuse() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.csv"));

        load(empty.toString());

        assertThat(server.requests("POST", LOADS)).hasSize(1);
    }

    @Test
    void jsonHoldsTheLoad() {
        assertThat(load(csv, tsv, "--json").out())
                .startsWith("{\"loads\":[{")
                .contains("\"rows\":3")
                .hasLineCount(1);
    }
}
