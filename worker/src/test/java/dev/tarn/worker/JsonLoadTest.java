package dev.tarn.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.GivenColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class JsonLoadTest extends FileLoading {
    private Path json(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Message.Loaded load(String text) throws IOException {
        return loaded(task(List.of(json("file.json", text)), ALL, NEW, false, false));
    }

    private Failure failure(String text) throws IOException {
        return failed(task(List.of(json("file.json", text)), ALL, NEW, false, false));
    }

    @Test
    void valuesBecomeColumnsOfTheirTypes() throws IOException, SQLException {
        Message.Loaded loaded = load("""
                {"i": 1, "big": 9223372036854775808, "d": 1.50, "long": 0.12345678901234567890, "e": 1e3, "b": true,
                 "t": "x", "day": "2024-02-29", "at": "2024-01-01T10:00:00", "z": "2024-01-01T10:00:00+02:00",
                 "tm": "10:00:00", "n": null, "s": {"a": 1, "b c": [1, 2]}, "l": [{"x": "y"}, {}], "num": "12"}
                {"i": -5, "big": 1, "d": 10, "long": 1, "e": "x", "b": null, "t": "ü\\n\\u00e9\\ud83c\\udf88\\"",
                 "day": "2024-03-01", "at": "2024-01-01 10:00:00.5", "z": "2024-01-01T10:00:00Z", "tm": "11:00:00.25",
                 "s": {"b c": []}, "l": [], "more": [[1], [2.5]]}
                """);
        assertThat(numbered(loaded))
                .isEqualTo("1 i BIGINT, 2 big DECIMAL(38,0), 3 d DECIMAL(18,2), 4 long DECIMAL(38,20), 5 e VARCHAR,"
                        + " 6 b BOOLEAN, 7 t VARCHAR, 8 day DATE, 9 at TIMESTAMP, 10 z TIMESTAMP WITH TIME ZONE, 11 tm TIME,"
                        + " 12 n VARCHAR, 13 s STRUCT(\"a\" BIGINT, \"b c\" BIGINT[]), 14 l STRUCT(\"x\" VARCHAR)[],"
                        + " 15 num VARCHAR, 16 more DECIMAL(18,1)[][]");
        assertThat(rows(loaded))
                .containsExactly(
                        Arrays.asList(
                                "1",
                                "9223372036854775808",
                                "1.50",
                                "0.12345678901234567890",
                                "1e3",
                                "true",
                                "x",
                                "2024-02-29",
                                "2024-01-01 10:00:00",
                                "2024-01-01 08:00:00+00",
                                "10:00:00",
                                null,
                                "{'a': 1, 'b c': [1, 2]}",
                                "[{'x': y}, {'x': NULL}]",
                                "12",
                                null),
                        Arrays.asList(
                                "-5",
                                "1",
                                "10.00",
                                "1.00000000000000000000",
                                "x",
                                null,
                                "ü\né🎈\"",
                                "2024-03-01",
                                "2024-01-01 10:00:00.5",
                                "2024-01-01 10:00:00+00",
                                "11:00:00.25",
                                null,
                                "{'a': NULL, 'b c': []}",
                                "[]",
                                null,
                                "[[1.0], [2.5]]"));
    }

    @Test
    void theWholeFileDecidesTheTypes() throws IOException, SQLException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append("{\"a\":").append(i).append(",\"s\":{\"x\":").append(i).append("},\"l\":[1]}\n");
        }
        text.append("{\"a\":1.25,\"s\":{\"x\":\"y\",\"z\":1},\"l\":[\"q\"],\"new\":true}\n");
        Message.Loaded loaded = load(text.toString());
        assertThat(numbered(loaded))
                .isEqualTo("1 a DECIMAL(18,2), 2 s STRUCT(\"x\" VARCHAR, z BIGINT), 3 l VARCHAR[], 4 new BOOLEAN"
                        .replace(" z ", " \"z\" "));
        assertThat(loaded.passes()).isEqualTo(2);
        assertThat(loaded.rows()).isEqualTo(60_001);
        List<List<String>> rows = rows(loaded);
        assertThat(rows.get(59_999)).containsExactly("59999.00", "{'x': 59999, 'z': NULL}", "[1]", null);
        assertThat(rows.getLast()).containsExactly("1.25", "{'x': y, 'z': 1}", "[q]", "true");
    }

    @Test
    void arraysLinesAndObjectsAreTheSame() throws IOException, SQLException {
        for (String text : List.of(
                "[{\"a\":1},{\"a\":2}]",
                " [ {\"a\":1} ,\n {\"a\":2}\n]\n",
                "{\"a\":1}\n{\"a\":2}",
                "\uFEFF{\"a\":1}\r\n\r\n{\"a\":2}\r\n",
                "{\"a\":1}{\"a\":2}",
                "{\"a\":1} {\"a\":2}\n",
                "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n")) {
            assertThat(rows(load(text))).as(text).containsExactly(List.of("1"), List.of("2"));
        }
        assertThat(load("{\"a\":1}").rows()).isEqualTo(1);
        assertThat(load("[{\"a\":{\"b\":\"]}\"}}]").rows()).isEqualTo(1);
    }

    @Test
    void emptyAndOtherFilesAreRefusedClearly() throws IOException {
        assertThat(failure("").kind()).isEqualTo(Kind.BAD_FILE);
        assertThat(failure(" \n").kind()).isEqualTo(Kind.BAD_FILE);
        assertThat(failure("[]").kind()).isEqualTo(Kind.BAD_FILE);
        assertThat(failure("{}\n{}\n").message()).contains("No record of the files has a field");
        assertThat(failure("{\"data\": [{\"a\": 1}, {\"a\": 2}]}").message())
                .contains("'data'")
                .contains("jq");
        assertThat(load("{\"count\": 2, \"data\": [{\"a\": 1}, {\"a\": 2}]}").warnings())
                .hasSize(1);
        assertThat(failure("[1, 2]").message()).contains("Record 1 (line 1) is no object");
        assertThat(failure("{\"a\":1}\n[1]\n").message()).contains("Line 2 is no object");
    }

    @Test
    void brokenRecordsHaveTheirLine() throws IOException {
        Failure cut = failure("{\"a\":1}\n{\"a\":2\n{\"a\":3}\n");
        assertThat(cut.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(cut.line()).isEqualTo(2);
        assertThat(cut.message()).startsWith("Line 2 ends");
        assertThat(cut.value()).isEqualTo("{\"a\":2");
        assertThat(failure("{\"a\":1\n{\"a\":2}\n").line()).isEqualTo(1);
        assertThat(failure("{\"a\":1}\n{\"a\":nope}\n").message()).contains("'nope'");
        assertThat(failure("{\"a\":1}\n{\"a\":01}\n").message()).contains("'01'");
        assertThat(failure("{\"a\":1}\n{\"a\":\"x}\n").message()).contains("never closed");
        assertThat(failure("{\"a\":1}\n{'a':1}\n").line()).isEqualTo(2);
        assertThat(failure("{\"a\":1}\n{\"a\":\"\\q\"}\n").message()).contains("\\q");
        assertThat(failure("[{\"a\":1},\n{\"a\":2}").message()).contains("never closed");
        assertThat(failure("[{\"a\":1}\n{\"a\":2}]").message()).contains("commas");
        assertThat(failure("[{\"a\":1}]\nx").message()).contains("follows the array");
        Path bytes = Files.write(folder.resolve("bytes.json"), new byte[] {
            '{', '"', 'a', '"', ':', '1', '}', '\n', '{', '"', 'a', '"', ':', '"', (byte) 0xFF, '"', '}', '\n'
        });
        Failure utf8 = failed(task(List.of(bytes), ALL, NEW, false, false));
        assertThat(utf8.line()).isEqualTo(2);
        assertThat(utf8.message()).contains("UTF-8");
        assertThat(failure("{\"a\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}")
                        .message())
                .contains("nested more than 200 levels");
        assertThat(failure("{\"a\":1}\n{\"a\":" + "{\"a\":".repeat(100_000) + "}\n")
                        .line())
                .isEqualTo(2);
        load("{\"a\":" + "[".repeat(150) + "]".repeat(150) + "}");
    }

    @Test
    void brokenLinesAndMisfitsAreSkippedWhenAsked() throws IOException, SQLException {
        Path file = json("skip.ndjson", """
                {"id":1,"day":"2024-01-01"}
                {"id":2
                {"id":"x","day":null}
                {"id":4,"day":"nope"}
                {"day":"2024-01-01"}
                {"id":6,"day":null}
                """);
        List<TargetColumn> target =
                List.of(new TargetColumn(3, "Id", "INTEGER", true), new TargetColumn(4, "day", "DATE", false));
        Message.Loaded loaded = loaded(task(List.of(file), ALL, target, false, true));
        assertThat(rows(loaded)).containsExactly(List.of("1", "2024-01-01"), Arrays.asList("6", null));
        assertThat(loaded.rejected()).isEqualTo(4);
        assertThat(Files.readAllLines(rejects()))
                .hasSize(5)
                .anyMatch(line -> line.startsWith("skip.ndjson,2,,"))
                .anyMatch(line -> line.startsWith("skip.ndjson,3,Id,x,"))
                .anyMatch(line -> line.startsWith("skip.ndjson,4,day,nope,"))
                .anyMatch(line -> line.startsWith("skip.ndjson,5,Id,"));
        Failure stop = failed(task(List.of(file), ALL, target, false, false));
        assertThat(stop.kind()).isEqualTo(Kind.BAD_ROW);
        Path good = json("good.ndjson", "{\"id\":1}\n{\"id\":2.5}\n");
        Failure misfit = failed(task(List.of(good), ALL, target, false, false));
        assertThat(misfit.line()).isEqualTo(2);
        assertThat(misfit.value()).isEqualTo("2.5");
        assertThat(misfit.message()).isEqualTo("Line 2 has '2.5', which is no INTEGER as column 'Id' needs");
    }

    @Test
    void aTableIsWidenedAndGetsNewFieldsOnlyWhenAsked() throws IOException, SQLException {
        List<TargetColumn> target = List.of(
                new TargetColumn(1, "n", "INTEGER", false),
                new TargetColumn(2, "d", "DECIMAL(5,2)", false),
                new TargetColumn(3, "s", "STRUCT(a INTEGER, u UUID)", false),
                new TargetColumn(6, "m", "MAP(VARCHAR, BIGINT)", false),
                new TargetColumn(9, "f", "FLOAT", false),
                new TargetColumn(10, "at", "TIMESTAMP WITH TIME ZONE", false));
        Path file = json(
                "into.json",
                "{\"N\":5000000000,\"d\":123456.78,\"s\":{\"U\":\"11111111-2222-3333-4444-555555555555\",\"a\":1},"
                        + "\"m\":{\"x\":1,\"y\":2},\"f\":0.5,\"at\":\"2024-01-01\"}\n");
        Message.Loaded loaded = loaded(task(List.of(file), ALL, target, false, false));
        assertThat(numbered(loaded))
                .isEqualTo("1 n BIGINT, 2 d DECIMAL(8,2), 3 s STRUCT(a INTEGER, u UUID), 6 m MAP(VARCHAR, BIGINT),"
                        + " 9 f FLOAT, 10 at TIMESTAMP WITH TIME ZONE");
        assertThat(rows(loaded).getFirst())
                .containsExactly(
                        "5000000000",
                        "123456.78",
                        "{'a': 1, 'u': 11111111-2222-3333-4444-555555555555}",
                        "{x=1, y=2}",
                        "0.5",
                        "2024-01-01 00:00:00+00");
        Path more = json("more.json", "{\"n\":1,\"s\":{\"a\":1,\"b\":2},\"extra\":\"x\"}\n");
        Path nested = json("nested.json", "{\"n\":1,\"s\":{\"a\":1,\"b\":2}}\n");
        assertThat(failed(task(List.of(nested), ALL, target, false, false)).message())
                .contains("'b'");
        assertThat(failed(task(List.of(more), ALL, target, false, false)).message())
                .contains("'extra'");
        assertThat(numbered(loaded(task(List.of(more), ALL, target, true, false))))
                .contains("3 s STRUCT(a INTEGER, u UUID, \"b\" BIGINT)")
                .endsWith("11 extra VARCHAR");
    }

    @Test
    void columnsAreChosenRenamedAndTyped() throws IOException, SQLException {
        Path file = json("given.json", "{\"a\":\"7\",\"b\":\"2024-01-05\",\"c\":{\"x\":1,\"y\":2}}\n{\"z\":1}\n");
        Message.Loaded loaded = loaded(task(
                List.of(file),
                List.of(
                        new GivenColumn("c", "C", "STRUCT(x VARCHAR)"),
                        new GivenColumn("a", "n", "BIGINT"),
                        new GivenColumn("b", "day", null)),
                NEW,
                false,
                false));
        assertThat(numbered(loaded)).isEqualTo("1 C STRUCT(x VARCHAR), 2 n BIGINT, 3 day DATE");
        assertThat(rows(loaded))
                .containsExactly(List.of("{'x': 1}", "7", "2024-01-05"), Arrays.asList(null, null, null));
    }

    @Test
    void keysThatVaryAreAMap() throws IOException, SQLException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append("{\"id\":")
                    .append(i)
                    .append(",\"m\":{\"k")
                    .append(i)
                    .append("\":")
                    .append(i)
                    .append(",\"k")
                    .append(i + 1)
                    .append("\":{\"deep\":1}},\"n\":{\"v")
                    .append(i)
                    .append("\":[")
                    .append(i)
                    .append("]}}\n");
        }
        Message.Loaded loaded = load(text.toString());
        assertThat(numbered(loaded)).isEqualTo("1 id BIGINT, 2 m MAP(VARCHAR, VARCHAR), 3 n MAP(VARCHAR, BIGINT[])");
        assertThat(rows(loaded).get(7)).containsExactly("7", "{k7=7, k8='{\"deep\":1}'}", "{v7=[7]}");
    }

    @Test
    void severalFilesPackedOrNotAreUnitedByName() throws IOException, SQLException {
        Path first = json("first.json", "[{\"a\":1,\"b\":\"x\"}]");
        Path second = folder.resolve("second.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(second)))) {
            out.write("{\"c\":true,\"A\":5}\n{\"a\":2.5}\n".getBytes(UTF_8));
        }
        Message.Loaded loaded = loaded(task(List.of(first, second), ALL, NEW, false, false));
        assertThat(numbered(loaded)).isEqualTo("1 a DECIMAL(18,1), 2 b VARCHAR, 3 c BOOLEAN, 4 A_1 BIGINT");
        assertThat(rows(loaded))
                .containsExactly(
                        Arrays.asList("1.0", "x", null, null),
                        Arrays.asList(null, null, "true", "5"),
                        Arrays.asList("2.5", null, null, null));
    }

    @Test
    void numbersThatNothingHoldsAreText() throws IOException, SQLException {
        Message.Loaded loaded = load("""
                {"a":123456789012345678901234567890123456789012345,"b":1e400,"c":NaN,"d":-0.0,"d":2}
                {"a":1,"b":1,"c":1.5,"d":3}
                """);
        assertThat(numbered(loaded)).startsWith("1 a VARCHAR, 2 b VARCHAR, 3 c DOUBLE, 4 d ");
        assertThat(rows(loaded).getFirst().subList(0, 3))
                .containsExactly("123456789012345678901234567890123456789012345", "1e400", "nan");
    }

    @Test
    void theSizesAtBothEnds() throws IOException, SQLException {
        String wide = IntStream.range(0, 2_000)
                .mapToObj(i -> "\"c" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}\n"));
        Message.Loaded loaded = load(wide.repeat(300));
        assertThat(loaded.columns()).hasSize(2_000);
        assertThat(loaded.rows()).isEqualTo(300);
        String tooWide = IntStream.range(0, 5_001)
                .mapToObj(i -> "\"c" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}\n"));
        assertThat(failure(tooWide).message()).contains("5000");
        Path big = folder.resolve("big.json");
        try (BufferedWriter out = Files.newBufferedWriter(big)) {
            out.write("{\"id\":1,\"big\":\"");
            for (int i = 0; i < 50_000; i++) {
                out.write("0123456789".repeat(100));
            }
            out.write("\"}\n{\"id\":2,\"big\":null}\n");
        }
        Message.Loaded large = loaded(task(List.of(big), ALL, NEW, false, false));
        assertThat(large.rows()).isEqualTo(2);
        assertThat(Parquet.rows("select length(big) from read_parquet("
                        + Parquet.glob(large.files().getFirst().path()) + ") order by id"))
                .containsExactly(List.of("50000000"), Arrays.asList((String) null));
        Message preview = worker.ask(new Message.PreviewFiles(nextId(), task(List.of(big), ALL, NEW, false, false), 5));
        assertThat(((Message.Previewed) preview).preview().rows()).isNotEmpty();
        StringBuilder list = new StringBuilder("{\"l\":[0");
        for (int i = 1; i < 1_000_000; i++) {
            list.append(',').append(i);
        }
        assertThat(Parquet.number("select len(l) from read_parquet("
                        + Parquet.glob(load(list + "]}\n{\"l\":null}\n")
                                .files()
                                .getFirst()
                                .path()) + ") limit 1"))
                .isEqualTo(1_000_000);
    }

    @Test
    void aPreviewShowsTheBeginningOnly() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            text.append("{\"a\":").append(i).append(",\"s\":{\"t\":\"x\\ty\"},\"u\":\"\\u00e9\"}\n");
        }
        Path file = json("preview.ndjson", text + "broken");
        Preview preview = ((Message.Previewed)
                        worker.ask(new Message.PreviewFiles(nextId(), task(List.of(file), ALL, NEW, false, false), 2)))
                .preview();
        assertThat(preview.options().format()).isEqualTo(FileOptions.Format.JSON);
        assertThat(preview.columns())
                .extracting(Preview.PreviewColumn::type)
                .containsExactly("BIGINT", "STRUCT(\"t\" VARCHAR)", "VARCHAR");
        assertThat(preview.rows().get(1)).containsExactly("1", "{\"t\":\"x\\ty\"}", "é");
        Path broken = json("broken.ndjson", "{\"a\":1}\n{\"a\":\n{\"a\":3}\n");
        Preview partial = ((Message.Previewed) worker.ask(
                        new Message.PreviewFiles(nextId(), task(List.of(broken), ALL, NEW, false, false), 5)))
                .preview();
        assertThat(partial.rows()).hasSize(2);
        assertThat(partial.warnings()).hasSize(1);
    }

    @Test
    void aPreviewOfManyLongCellsFitsIntoAMessage() throws IOException {
        String wide = IntStream.range(0, 1_000)
                .mapToObj(i -> "\"c" + i + "\":\"" + "ü".repeat(900) + "\"")
                .collect(Collectors.joining(",", "{", "}\n"));
        Path file = json("long.ndjson", wide.repeat(30));
        Preview preview = ((Message.Previewed) worker.ask(
                        new Message.PreviewFiles(nextId(), task(List.of(file), ALL, NEW, false, false), 100)))
                .preview();
        assertThat(preview.columns()).hasSize(1_000);
        assertThat(preview.rows()).isNotEmpty();
    }

    @Test
    void aCancelLeavesNothing() throws Exception {
        Path file = folder.resolve("slow.ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < 2_000_000; i++) {
                out.write("{\"id\":" + i + ",\"text\":\"some text that is not short " + i + "\"}\n");
            }
        }
        long id = nextId();
        worker.send(new Message.Load(id, task(List.of(file, file, file), ALL, NEW, false, false)));
        TimeUnit.MILLISECONDS.sleep(600);
        worker.send(new Message.Cancel(id));
        Message last = worker.conversation().getLast();
        assertThat(((Message.Failed) last).failure().kind()).isEqualTo(Kind.CANCELLED);
        assertThat(output()).isEmptyDirectory();
    }
}
