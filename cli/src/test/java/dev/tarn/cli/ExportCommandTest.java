package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    private static final String EXPORT = "/tarn/v1/statements/export";

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
        server.answer("POST", EXPORT, 200, "id\n1\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandRun.Result export(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "export";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandRun.against(server).run(all);
    }

    private String sent(int index) {
        return server.requests("POST", EXPORT).get(index).body();
    }

    @Test
    void theEndingIsTheFormatAndTheFileAppearsWhole() throws IOException {
        Path file = folder.resolve("out.csv");

        var result = export("select :n;", "--output", file.toString(), "--param", "n=1");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(file + ": 5 B\n");
        assertThat(file).hasContent("id\n1\n");
        assertThat(sent(0))
                .contains(
                        "\"statement\":\"select :n\"",
                        "\"format\":\"csv\"",
                        "\"filename\":\"out.csv\"",
                        "\"parameters\"");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThat(export("--table", "shop.t", "--output", folder.resolve("t").toString())
                        .err())
                .contains("--format");
        export("--table", "shop.\"my t\"", "--output", folder.resolve("t").toString(), "--format", "arrow");
        assertThat(sent(1)).contains("select * from shop.\\\"my t\\\"", "\"format\":\"arrow\"");
    }

    @Test
    void standardOutputGetsTheRowsAndNothingElse() {
        assertThat(export("--table", "shop.t", "--output", "-").out()).isEqualTo("id\n1\n");
        assertThat(sent(0)).contains("\"format\":\"csv\"");
    }

    @Test
    void aNewTableOfTheResult() {
        server.answer("POST", EXPORT, 200, """
                {"id":"1","table":"iceberg.shop.s","rows":3,"elapsed_ms":5,"bytes_scanned":1000}""");

        assertThat(export("select 1", "--to-table", "shop.s", "--mode", "replace")
                        .out())
                .isEqualTo("3 rows into iceberg.shop.s (5 ms, 1.0 kB scanned)\n");
        assertThat(sent(0))
                .contains("\"table\":\"shop.s\"", "\"mode\":\"replace\"")
                .doesNotContain("format");
    }

    @Test
    void aRefusalLeavesNoFile() throws IOException {
        Path file = Files.writeString(folder.resolve("out.csv"), "old");
        server.refuse("POST", EXPORT, 404, "unknown_table", "There is no table x.");

        var result = export("select * from x", "--output", file.toString());

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(file).hasContent("old");
    }

    @Test
    void wrongCommandLines() {
        assertThat(export("select 1").exitCode()).isEqualTo(2);
        assertThat(export("--output", "x.csv").exitCode()).isEqualTo(2);
        assertThat(export("select 1; select 2", "--output", "x.csv").exitCode()).isEqualTo(2);
        assertThat(export("--table", "t; drop", "--output", "x.csv").exitCode()).isEqualTo(2);
        assertThat(export("select 1", "--output", "x.csv", "--to-table", "t").exitCode())
                .isEqualTo(2);
    }
}
