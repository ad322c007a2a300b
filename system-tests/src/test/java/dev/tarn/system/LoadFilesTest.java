package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files as people have them, and what comes back of them. */
@ExtendWith(SharedServer.class)
class LoadFilesTest {
    private final Api api;

    LoadFilesTest(ServerUnderTest server) {
        this.api = server.api();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n\n"})
    void anEmptyFileIsRefusedAndMakesNoTable(String text) {
        Answer answer = api.load(Load.into("files.empty").of(text));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad_file");
        assertThat(answer.message()).contains("data.csv");
        assertThat(api.exists("files.empty")).isFalse();
    }

    @Test
    void aHeaderAloneMakesATableOfTextColumns() {
        JsonNode load = api.loaded(Load.into("files.header_only").of("id,name\n"));

        assertThat(load.path("rows").asLong()).isZero();
        Answer answer = api.sql("SELECT * FROM files.header_only");
        assertThat(answer.columnNames()).containsExactly("id", "name");
        assertThat(answer.columnTypes()).containsExactly("STRING", "STRING");
        assertThat(answer.rows()).isEmpty();
        api.loaded(Load.into("files.header_only").mode("append").of("id,name\n1,Ada\n"));
        assertThat(api.count("files.header_only", "id = '1'")).isEqualTo(1);
    }

    @Test
    void aRowWithTooFewCellsStopsTheLoadWithItsLine() {
        Answer answer = api.load(Load.into("files.ragged").of("a,b,c\n1,2,3\n4,5\n6,7,8\n"));

        assertBadRow(answer, 3);
        assertThat(api.exists("files.ragged")).isFalse();
    }

    @Test
    void aRowWithTooManyCellsStopsTheLoadWithItsLine() {
        Answer answer = api.load(Load.into("files.ragged").of("a,b\n1,2\n\"x\ny\",4\n5,6,7\n"));

        assertBadRow(answer, 5);
        assertThat(api.exists("files.ragged")).isFalse();
    }

    @Test
    void aCellThatDoesNotFitTheTableStopsTheLoadWithLineColumnAndValue() {
        api.loaded(Load.into("files.typed").of("id,total\n1,2.50\n"));

        Answer answer = api.load(Load.into("files.typed")
                .mode("append")
                .with("filename", "more.csv")
                .of("id,total\n2,3.50\n3,n/a\n"));

        assertBadRow(answer, 3);
        assertThat(answer.json().path("file").asString()).isEqualTo("more.csv");
        assertThat(answer.json().path("column").asString()).isEqualTo("total");
        assertThat(answer.json().path("value").asString()).isEqualTo("n/a");
        assertThat(api.count("files.typed")).isEqualTo(1);
    }

    @Test
    void repeatedAndEmptyNamesAreMadeUnique() {
        api.loaded(Load.into("files.repeated").of("id,id,,ID,\n1,2,3,4,5\n"));

        assertThat(api.sql("SELECT * FROM files.repeated").columnNames())
                .containsExactly("id", "id_1", "column_3", "ID_2", "column_5");
    }

    @Test
    void anyOtherNameIsKept() {
        List<String> names = List.of(
                "n".repeat(500),
                "🏔️🐟",
                "with \"quotes\"",
                "it's",
                "a.b.c",
                " blanks inside ",
                "select",
                "`tick`",
                "日本語",
                "semi;colon",
                "$money$",
                "back\\slash");
        String header = String.join(
                ",",
                names.stream()
                        .map(name -> "\"" + name.replace("\"", "\"\"") + "\"")
                        .toList());
        String cells = String.join(
                ",",
                IntStream.range(0, names.size()).mapToObj(Integer::toString).toList());

        api.loaded(Load.into("files.names").of(header + "\n" + cells + "\n"));

        assertThat(api.sql("SELECT * FROM files.names").columnNames()).isEqualTo(names);
        for (int i = 0; i < names.size(); i++) {
            String quoted = "\"" + names.get(i).replace("\"", "\"\"") + "\"";
            Answer answer = api.sql("SELECT " + quoted + " FROM files.names WHERE " + quoted + " = " + i);
            assertThat(answer.status()).as(names.get(i) + ": " + answer).isEqualTo(200);
            assertThat(answer.value().asInt()).isEqualTo(i);
        }
    }

    @Test
    void notANumberAndTheInfinitiesComeBack() {
        api.loaded(Load.into("files.special").of("n,x\n1,NaN\n2,Infinity\n3,-Infinity\n4,1.5e300\n5,-inf\n6,nan\n"));

        Answer answer = api.sql("SELECT x FROM files.special ORDER BY n");

        assertThat(answer.columnTypes()).containsExactly("DOUBLE");
        List<JsonNode> values = answer.rows().stream().map(row -> row.path("x")).toList();
        assertThat(values.stream().map(JsonNode::asString))
                .containsExactly("NaN", "Infinity", "-Infinity", values.get(3).asString(), "-Infinity", "NaN");
        assertThat(values.get(0).isString()).isTrue();
        assertThat(values.get(3).asDouble()).isEqualTo(1.5e300);
    }

    @Test
    void everyDigitOfLongNumbersComesBack() {
        String decimal = "1234567890123456789012345678.0123456789";
        String whole = "99999999999999999999999999999999999999";
        api.loaded(Load.into("files.digits")
                .of("d,w,b\n%s,%s,9223372036854775807\n-%s,-%s,-9223372036854775808\n"
                        .formatted(decimal, whole, decimal, whole)));

        Answer answer = api.sql("SELECT d, w, b FROM files.digits ORDER BY b DESC");

        assertThat(answer.columnTypes()).containsExactly("DECIMAL(38,10)", "DECIMAL(38,0)", "BIGINT");
        assertThat(answer.body())
                .contains("\"d\":" + decimal, "\"w\":" + whole, "\"b\":9223372036854775807")
                .contains("\"d\":-" + decimal, "\"w\":-" + whole, "\"b\":-9223372036854775808");
    }

    @Test
    void theFirstAndTheLastYearComeBack() {
        api.loaded(Load.into("files.years").of("""
                        day,at,zoned,clock
                        0001-01-01,0001-01-01T00:00:00,0001-01-01T00:00:00Z,00:00:00
                        9999-12-31,9999-12-31 23:59:59.999999,9999-12-31T23:59:59.999999+00:00,23:59:59.999999
                        """));

        Answer answer = api.sql("SELECT * FROM files.years ORDER BY day");

        assertThat(answer.columnTypes()).containsExactly("DATE", "TIMESTAMP", "TIMESTAMPTZ", "TIME");
        assertThat(texts(answer, "day")).containsExactly("0001-01-01", "9999-12-31");
        assertThat(texts(answer, "at")).containsExactly("0001-01-01T00:00:00", "9999-12-31T23:59:59.999999");
        assertThat(texts(answer, "zoned")).containsExactly("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z");
        assertThat(texts(answer, "clock")).containsExactly("00:00:00", "23:59:59.999999");
    }

    @Test
    void aTypeThatChangesInTheLastOfManyLinesHoldsForTheWholeColumn() {
        StringBuilder text = new StringBuilder("a,b,c,d\n");
        for (int i = 1; i < 200_000; i++) {
            text.append(i).append(',').append(i).append(',').append(i).append(",2026-01-01\n");
        }
        text.append("word,0.5,92233720368547758070,0099\n");

        JsonNode load = api.loaded(Load.into("files.late").of(text.toString()));

        assertThat(load.path("rows").asLong()).isEqualTo(200_000);
        Answer types = api.sql("SELECT * FROM files.late WHERE a = 'word'");
        assertThat(types.columnTypes()).containsExactly("STRING", "DECIMAL(18,1)", "DECIMAL(38,0)", "STRING");
        assertThat(types.body()).contains("\"b\":0.5", "\"c\":92233720368547758070", "\"d\":\"0099\"");
        Answer sums = api.sql("SELECT count(DISTINCT a) AS a, sum(b) AS b, min(c) AS c FROM files.late");
        assertThat(sums.rows().getFirst().path("a").asLong()).isEqualTo(200_000);
        assertThat(sums.body()).contains("\"b\":19999900000.5", "\"c\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void aByteOrderMarkTellsTheEncoding(String charset) {
        String table = "files.encoded_" + charset.replace('-', '_');

        api.loaded(Load.into(table).of("\uFEFFid,name\n1,Ünïcode 🐟\n".getBytes(Charset.forName(charset))));

        Answer answer = api.sql("SELECT * FROM " + table);
        assertThat(answer.columnNames()).containsExactly("id", "name");
        assertThat(texts(answer, "name")).containsExactly("Ünïcode 🐟");
    }

    @Test
    void bytesThatAreNotTextAreRefusedWithTheirLine() {
        byte[] bytes = "id,name\n1,ok\n2,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

        Answer answer = api.load(Load.into("files.latin").of(bytes));

        assertBadRow(answer, 3);
        assertThat(api.exists("files.latin")).isFalse();
    }

    @Test
    void tabsSeparateInAFileOfTabs() {
        api.loaded(Load.into("files.tabs").with("filename", "data.tsv").of("id\tname\n1\tAda, Countess\n"));

        assertThat(texts(api.sql("SELECT name FROM files.tabs"), "name")).containsExactly("Ada, Countess");
    }

    private static void assertBadRow(Answer answer, long line) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).as(answer.toString()).isEqualTo("bad_row");
        assertThat(answer.json().path("line").asLong()).as(answer.toString()).isEqualTo(line);
        assertThat(answer.json().path("file").asString("")).isNotEmpty();
        assertThat(answer.message()).contains(Long.toString(line));
    }

    private static List<String> texts(Answer answer, String column) {
        return answer.rows().stream().map(row -> row.path(column).asString()).toList();
    }
}
