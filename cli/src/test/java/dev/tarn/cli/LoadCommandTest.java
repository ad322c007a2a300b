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
    void theFirstFileIsLoadedWithTheModeAndTheOthersAreAppended() {
        var result = load(csv, tsv);

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("a b.csv: 2 rows into iceberg.shop.t (1.0 kB read, 500 B written, 12 ms)", "b.tsv: 1 row");
        assertThat(server.tables).containsEntry("iceberg.shop.t", 3L);
        var sent = server.requests("POST", LOADS);
        assertThat(sent.get(0).query()).containsEntry("mode", "create").containsEntry("filename", "a b.csv");
        assertThat(sent.get(0).header("Content-type")).isEqualTo("text/csv");
        assertThat(sent.get(0).header("Content-length")).isEqualTo("7");
        assertThat(sent.get(1).query()).containsEntry("mode", "append");
        assertThat(sent.get(1).header("Content-type")).isEqualTo("text/tab-separated-values");
        assertThat(sent.get(0).header("Idempotency-key"))
                .isNotEqualTo(sent.get(1).header("Idempotency-key"));
    }

    @Test
    void theFormatIsPassedOnOnlyWhenGiven() {
        load(csv, "--mode", "replace", "--delimiter", "\\t", "--quote", "'", "--no-header");
        load(csv, "--mode", "append", "--header");
        load(csv, "--mode", "append");

        var sent = server.requests("POST", LOADS);
        assertThat(sent.get(0).query())
                .containsEntry("delimiter", "\t")
                .containsEntry("quote", "'")
                .containsEntry("header", "false");
        assertThat(sent.get(1).query()).containsEntry("header", "true");
        assertThat(sent.get(2).query()).doesNotContainKeys("delimiter", "quote", "header");
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
    void saysHowManyOfSeveralFilesWereLoaded() {
        server.tables.put("iceberg.shop.t", 5L);

        var result = load(csv, tsv);

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err()).contains("exists already; append or replace; 0 of 2 files were loaded");
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
    void jsonHoldsEveryLoad() {
        assertThat(load(csv, tsv, "--json").out())
                .startsWith("{\"loads\":[{")
                .contains("\"mode\":\"create\"", "\"mode\":\"append\"")
                .hasLineCount(1);
    }
}
