package dev.tarn.api.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.SampleTables;
import dev.tarn.access.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /tarn/v1/statements/export} and {@code /tarn/v1/statements/explain}, and parameters. */
class ExportGoldenTest {
    private static final RunningServer SERVER = RunningServer.shared();

    private static Reply export(String body) {
        return SERVER.post("/tarn/v1/statements/export", body);
    }

    @Test
    void everyFormatIsAFile() throws IOException {
        String table = SampleTables.make(SERVER, "id,name\n1,\"a,b\"\n2,\n");
        Reply csv =
                export("{\"statement\":\"select * from %s order by id\",\"format\":\"csv\",\"filename\":\"my table\"}"
                        .formatted(table));
        assertThat(csv.status()).as(csv.body()).isEqualTo(200);
        assertThat(csv.body().replace("\r", "")).isEqualTo("id,name\n1,\"a,b\"\n2,\n");
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
        assertThat(csv.header("Content-Disposition")).contains("attachment").contains("my%20table.csv");
        assertThat(csv.header("X-Tarn-Rows")).isEqualTo("2");

        Reply lines = export("{\"statement\":\"select * from %s order by id\",\"format\":\"ndjson\"}".formatted(table));
        assertThat(lines.body()).isEqualTo("{\"id\":1,\"name\":\"a,b\"}\n{\"id\":2,\"name\":null}\n");
        assertThat(export("{\"statement\":\"select 1 as n\",\"format\":\"parquet\"}")
                        .body())
                .startsWith("PAR1");
        assertThat(export("{\"statement\":\"select 1 as n\",\"format\":\"xlsx\"}")
                        .body())
                .startsWith("PK");
        assertThat(export("{\"statement\":\"select 1 as n\",\"format\":\"arrow\"}")
                        .header("Content-Type"))
                .isEqualTo("application/vnd.apache.arrow.stream");
        // The last byte is here a moment before the file goes.
        Eventually.holds(() -> assertThat(leftExports()).isEmpty());
    }

    private static List<java.nio.file.Path> leftExports() {
        try (Stream<java.nio.file.Path> left = Files.list(SERVER.home().resolve("tmp"))) {
            return left.filter(file -> file.getFileName().toString().startsWith("export-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aResultBecomesATable() {
        String source = SampleTables.make(SERVER, "id,amount\n1,1.50\n2,2.50\n");
        String target = source + "_kept";
        Reply made = export("{\"statement\":\"select id, amount * 2 as twice, [id] as list from %s\",\"table\":\"%s\"}"
                .formatted(source, target));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(List.copyOf(made.json().propertyNames()))
                .containsExactly("id", "table", "rows", "snapshot_id", "elapsed_ms", "bytes_scanned");
        assertThat(made.json().get("rows").asLong()).isEqualTo(2);
        Reply read = SERVER.post(
                "/tarn/v1/statements", "{\"statement\":\"select * from %s order by id\"}".formatted(target));
        assertThat(read.json().get("rows")).hasToString("[[1,3.0,[1]],[2,5.0,[2]]]");

        assertThat(export("{\"statement\":\"select 1 as id\",\"table\":\"%s\"}".formatted(target))
                        .status())
                .isEqualTo(409);
        Reply added = export(
                "{\"statement\":\"select 9::bigint as id\",\"table\":\"%s\",\"mode\":\"append\"}".formatted(target));
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        assertThat(SERVER.post(
                                "/tarn/v1/statements",
                                "{\"statement\":\"select id, twice from %s order by id desc\"}".formatted(target))
                        .json()
                        .get("rows"))
                .hasToString("[[9,null],[2,5.0],[1,3.0]]");
        Reply other =
                export("{\"statement\":\"select 9 as nine\",\"table\":\"%s\",\"mode\":\"append\"}".formatted(target));
        assertThat(other.status()).isEqualTo(400);
        Reply replaced = export(
                "{\"statement\":\"select 'x' as text\",\"table\":\"%s\",\"mode\":\"replace\"}".formatted(target));
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
        assertThat(SERVER.post("/tarn/v1/statements", "{\"statement\":\"select * from %s\"}".formatted(target))
                        .json()
                        .get("rows"))
                .hasToString("[[\"x\"]]");
    }

    @Test
    void whatCannotBeExportedIsAFailureAndNoFile() {
        for (String wrong : List.of(
                "{\"statement\":\"select 1\"}",
                "{\"statement\":\"select 1\",\"format\":\"doc\"}",
                "{\"statement\":\"select 1\",\"format\":\"csv\",\"table\":\"a.b\"}",
                "{\"statement\":\"select nothing\",\"format\":\"csv\"}",
                "{\"statement\":\"show tables\",\"format\":\"csv\"}",
                "{\"statement\":\"select error('x')\",\"format\":\"csv\"}",
                "{\"format\":\"csv\"}")) {
            Reply reply = export(wrong);
            assertThat(reply.status()).as(wrong + reply.body()).isEqualTo(400);
            assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        }
    }

    @Test
    void aPlanTellsItsTables() {
        String table = SampleTables.make(SERVER, "id\n1\n2\n");
        Reply reply = SERVER.post(
                "/tarn/v1/statements/explain", "{\"statement\":\"select sum(id) from %s\"}".formatted(table));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode plan = reply.json();
        assertThat(plan.get("plan").asString()).contains("Aggregate");
        assertThat(plan.at("/tables/0/name").asString()).isEqualTo(table);
        assertThat(plan.at("/tables/0/files_total").asLong()).isEqualTo(1);
        assertThat(plan.at("/tables/0/rows_planned").asLong()).isEqualTo(2);
        assertThat(plan.get("plan").asString()).doesNotContain(SERVER.home().toString());
        assertThat(plan.at("/tables/0/conditions").isEmpty()).isTrue();
    }

    @Test
    void aPlanTellsWhyFilesAreSkipped() {
        String table = SampleTables.make(SERVER, "id,day\n1,2024-01-01\n2,2024-01-02\n");
        Reply reply = SERVER.post(
                "/tarn/v1/statements/explain",
                "{\"statement\":\"select id from %s where day > date '2024-01-02' and (id < 9 or sqrt(id) > 1)\"}"
                        .formatted(table));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode told = reply.json().at("/tables/0");
        assertThat(told.get("files_planned").asLong()).isZero();
        assertThat(told.get("files_skipped_by_partition").asLong()).isZero();
        assertThat(told.get("files_skipped_by_bounds").asLong()).isEqualTo(1);
        assertThat(told.get("conditions"))
                .hasToString("[{\"condition\":\"day > '2024-01-02'\",\"by_partition\":0,\"by_bounds\":1}]");
    }

    @Test
    void parametersAreBoundAndNeverSpliced() {
        String table = SampleTables.make(SERVER, "id,day,name\n1,2024-01-01,x\n2,2024-01-02,y\n");
        assertThat(rows("select id from " + table + " where day = :day", "{\"day\":\"2024-01-02\"}"))
                .isEqualTo("[[2]]");
        assertThat(rows("select id from " + table + " where id > :n", "{\"n\":1}"))
                .isEqualTo("[[2]]");
        assertThat(rows("select :a, :b, :a", "{\"a\":\"' or 1=1 --\",\"b\":null}"))
                .isEqualTo("[[\"' or 1=1 --\",null,\"' or 1=1 --\"]]");
        assertThat(rows("select :x::varchar || ':x' -- :y", "{\"x\":{\"type\":\"DATE\",\"value\":\"2024-01-31\"}}"))
                .isEqualTo("[[\"2024-01-31:x\"]]");
        assertThat(rows("select [1,2,3][1:2], :ok", "{\"ok\":true}")).isEqualTo("[[[1,2],true]]");
        assertThat(rows("select typeof(:n)", "{\"n\":12345678901234567890.5}")).isEqualTo("[[\"DECIMAL(21,1)\"]]");
        assertThat(rows("explain select :n", "{\"n\":1}")).contains("Projection");

        Reply missing = run("select :a", "{}");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json().get("detail").asString()).contains(":a");
        assertThat(missing.json().at("/position/column").asInt()).isEqualTo(8);
        assertThat(run("select 1", "{\"a\":1}").status()).isEqualTo(400);
        assertThat(run("select $1", "{}").status()).isEqualTo(400);
        assertThat(run("select ?", "{}").status()).isEqualTo(400);
        assertThat(run("select :a", "{\"a\":[1]}").status()).isEqualTo(400);
        assertThat(run("select :a", "{\"a\":{\"type\":\"DATE\",\"value\":\"soon\"}}")
                        .status())
                .isEqualTo(400);
        Reply syntax = run("select :long_name, from where", "{\"long_name\":1}");
        assertThat(syntax.json().at("/position/column").asInt()).isEqualTo(25);
        // Names are resolved once the values are bound, in a text of the engine's own.
        Reply unplaced = run("select :long_name, nonsense", "{\"long_name\":1}");
        assertThat(unplaced.status()).isEqualTo(400);
        assertThat(unplaced.json().has("position")).isFalse();
    }

    private static Reply run(String statement, String parameters) {
        return SERVER.post(
                "/tarn/v1/statements",
                "{\"statement\":\"%s\",\"parameters\":%s}".formatted(statement.replace("\"", "\\\""), parameters));
    }

    private static String rows(String statement, String parameters) {
        Reply reply = run(statement, parameters);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().get("rows").toString();
    }
}
