package dev.tarn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** describe, history, loads, completion. */
class LookupCommandsTest {
    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandRun.Result tarn(String... arguments) {
        return CommandRun.against(server).run(arguments);
    }

    @Test
    void aTableWithItsProfileAndItsSnapshots() {
        String path = "/tarn/v1/tables/iceberg.shop.t";
        server.answer("GET", path, 200, """
                {"name":"iceberg.shop.t","row_count":2,"size_bytes":1500,"file_count":1,"updated_at":"2026-11-27T10:00:00Z",\
                "description":"Orders","tags":["a","b"],\
                "columns":[{"name":"id","type":"BIGINT","nullable":true,"description":"The id"}]}""");
        server.answer("GET", path + "/profile", 200, """
                {"profiled_rows":2,"columns":[{"name":"id","type":"BIGINT","nulls":0,"distinct":2,"min":"1","max":"2",\
                "mean":1.5,"top_values":[{"value":"1","count":1}]}]}""");
        server.answer("GET", path + "/snapshots", 200, """
                {"snapshots":[{"snapshot_id":"7","committed_at":"2026-11-27T10:00:00Z","operation":"append","current":true,\
                "added_rows":2,"total_rows":2,"total_bytes":1500}],"next_cursor":null}""");

        var result = tarn("describe", "shop.t", "--profile", "--snapshots");

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith(
                        "iceberg.shop.t: 2 rows, 1.5 kB in 1 file, changed 2026-11-27T10:00:00Z\nOrders\nTags: a, b\n")
                .contains(" id     | BIGINT | yes      | The id", "1.5  | 1 (1)", "| current");
        assertThat(tarn("describe", "iceberg.shop.t", "--json").out())
                .startsWith("{\"name\":\"iceberg.shop.t\"")
                .hasLineCount(1);
        assertThat(tarn("describe", "shop.none").exitCode()).isEqualTo(4);
    }

    @Test
    void historyAsksForWhatIsWanted() {
        server.answer("GET", "/tarn/v1/statements", 200, """
                {"statements":[{"id":"1","statement":"select\\n  1","state":"failed","user":{"name":"ann"},\
                "started_at":"2026-11-27T10:00:00Z","elapsed_ms":5,"row_count":null}],"next_cursor":null}""");

        assertThat(tarn("history", "--all", "--state", "failed", "--search", "a b", "--limit", "3")
                        .out())
                .contains("failed | ann  |  5 | NULL | select 1");
        assertThat(server.requests("GET", "/tarn/v1/statements").getFirst().query())
                .containsEntry("user", "all")
                .containsEntry("state", "failed")
                .containsEntry("q", "a b")
                .containsEntry("limit", "3");
        assertThat(tarn("history", "--json").out()).startsWith("{\"statements\":[");
    }

    @Test
    void loadsAreListedShownAndCancelled(@TempDir Path folder) {
        server.answer("GET", "/tarn/v1/loads", 200, """
                {"loads":[{"id":"l1","state":"running","fraction":0.5,"table":"iceberg.shop.t","rows":10,"rejected_rows":0,\
                "bytes_read":2000,"file_name":"a.csv","started_at":"2026-11-27T10:00:00Z"}],"next_cursor":null}""");
        server.answer("GET", "/tarn/v1/loads/l1", 200, "{\"id\":\"l1\",\"rows\":10}");
        server.answer("GET", "/tarn/v1/loads/l1/rejects", 200, "file,line\n");

        assertThat(tarn("loads", "--table", "shop.t").out()).contains("running 50 %", "2.0 kB | a.csv");
        assertThat(server.requests("GET", "/tarn/v1/loads").getFirst().query())
                .containsEntry("table", "iceberg.shop.t")
                .containsEntry("user", "me");
        assertThat(tarn("loads", "show", "l1").out()).isEqualTo("id: l1\nrows: 10\n");
        assertThat(tarn("loads", "cancel", "l1").out()).contains("will end as cancelled");
        assertThat(server.requests("DELETE", "/tarn/v1/loads/l1")).hasSize(1);
        assertThat(tarn("loads", "rejects", "l1").out()).isEqualTo("file,line\n");
        Path file = folder.resolve("r.csv");
        assertThat(tarn("loads", "rejects", "l1", "-o", file.toString()).exitCode())
                .isZero();
        assertThat(file).hasContent("file,line\n");
    }

    @Test
    void completionScriptsKnowEveryCommand() throws Exception {
        String script = tarn("completion", "bash").out();
        assertThat(script).contains("complete -F _complete_tarn", "describe", "--on-error");
        Process check =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = check.getOutputStream()) {
            in.write(script.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(check.waitFor()).isZero();
        assertThat(tarn("completion", "zsh").out()).startsWith("autoload");
        assertThat(tarn("completion", "fish").exitCode()).isEqualTo(2);
    }
}
