package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Several files in one load, chosen columns, and tables that get more columns or wider ones. */
class SeveralFilesTest extends Loading {
    private static final TargetColumn ID = new TargetColumn(7, "id", "INTEGER", true);
    private static final TargetColumn PRICE = new TargetColumn(9, "price", "DECIMAL(5,2)", false);
    private static final TargetColumn RATE = new TargetColumn(12, "rate", "FLOAT", false);

    @Test
    void columnsAreThoseOfAllFilesTogether() throws IOException, SQLException {
        Message.Loaded loaded = load(request()
                .file("1.csv", "a,b\n1,2020-01-01\n")
                .file("2.csv", "C;A\n1,5;2\n")
                .file("3.csv", "")
                .file("4.csv", "b\r\n2020-01-02\r\n"));
        assertThat(columns(loaded)).isEqualTo("a BIGINT, b DATE, C DECIMAL(18,1)");
        assertThat(lines(loaded)).containsExactly("1~2020-01-01~NULL", "2~NULL~1.5", "NULL~2020-01-02~NULL");
        assertThat(loaded.warnings()).contains("The file 3.csv is empty").anyMatch(w -> w.startsWith("4.csv lacks 2"));
    }

    @Test
    void aTypeThatOneFileRefutesIsThatOfAll() throws IOException, SQLException {
        Message.Loaded loaded = load(request().file("1.csv", "a\n1\n").file("2.csv", "a\nx\n"));
        assertThat(columns(loaded)).isEqualTo("a VARCHAR");
        assertThat(lines(loaded)).containsExactly("1", "x");
    }

    @Test
    void faultsNameTheirFile() throws IOException {
        Failure failure = failure(request().file("1.csv", "a,b\n1,2\n").file("2.csv", "a,b\n1,2\n3\n"));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(failure.message()).isEqualTo("2.csv: Line 3 has 1 cell where 2 are expected");
        assertThat(failure.line()).isEqualTo(3);
    }

    @Test
    void filesWithoutHeadersMustBeAlike() throws IOException, SQLException {
        LoadRequest alike = request().file("1", "1,2\n").file("2", "3,x\n");
        assertThat(lines(load(alike.options(FileOptions.csv(null, null, false)))))
                .containsExactly("1~2", "3~x");
        LoadRequest unlike = request().file("1", "1,2\n").file("2", "3\n");
        assertThat(failure(unlike.options(FileOptions.csv(null, null, false))).message())
                .contains("as many columns");
    }

    @Test
    void onlyTheGivenColumnsAreLoadedInTheirOrder() throws IOException, SQLException {
        Message.Loaded loaded = load(request()
                .file("1.csv", "a,b,c\n1,2,3\n4,5,6\n")
                .given("C", "third", "DOUBLE")
                .given("a", "first", null));
        assertThat(columns(loaded)).isEqualTo("third DOUBLE, first BIGINT");
        assertThat(lines(loaded)).containsExactly("3.0~1", "6.0~4");
        assertThat(failure(request().file("1.csv", "a,b\n1,2\n").given("x", "x", null))
                        .message())
                .contains("no column 'x'")
                .contains("'a', 'b'");
        assertThat(failure(request()
                                .file("1.csv", "a,b\n1,2\n")
                                .given("a", "x", null)
                                .given("b", "X", null))
                        .message())
                .contains("Two columns");
        assertThat(failure(request().file("1.csv", "a\n1\n").given("a", "a", "BLOB"))
                        .kind())
                .isEqualTo(Kind.BAD_FILE);
    }

    @Test
    void aGivenTypeIsKept() throws IOException, SQLException {
        LoadRequest text = request().file("1.csv", "a\n1\n2\n").given("a", "a", "VARCHAR");
        assertThat(columns(load(text))).isEqualTo("a VARCHAR");
        Failure failure = failure(request().file("1.csv", "a\n1\n2147483648\n").given("a", "a", "INTEGER"));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(failure.value()).isEqualTo("2147483648");
        LoadRequest german = request().file("1.csv", "a;d\n1.234;01.02.2024\n1,5;13.02.2024\n");
        assertThat(lines(load(german.given("a", "a", "DECIMAL(9,3)").given("d", "d", "DATE"))))
                .containsExactly("1234.000~2024-02-01", "1.500~2024-02-13");
    }

    @Test
    void columnsOfATableWidenByTheRulesOfIceberg() throws IOException, SQLException {
        StringBuilder file = new StringBuilder("id,price,rate\n");
        for (int i = 0; i < 30_000; i++) {
            file.append(i).append(",1.25,0.5\n");
        }
        Message.Loaded narrow = load(request().file("1.csv", file.toString()).into(ID, PRICE, RATE));
        assertThat(columns(narrow)).isEqualTo("id INTEGER, price DECIMAL(5,2), rate FLOAT");
        assertThat(narrow.passes()).isEqualTo(1);
        file.append("2147483648,1234567.5,0.1234567891\n");
        Message.Loaded wide = load(request().file("1.csv", file.toString()).into(ID, PRICE, RATE));
        assertThat(columns(wide)).isEqualTo("id BIGINT, price DECIMAL(9,2), rate DOUBLE");
        assertThat(wide.passes()).isEqualTo(2);
        assertThat(wide.columns().stream().map(LoadedColumn::fieldId)).containsExactly(7, 9, 12);
        assertThat(lines(wide).getLast()).isEqualTo("2147483648~1234567.50~0.1234567891");
        assertThat(failure(request().file("1.csv", "id,price\n1,1.234\n").into(ID, PRICE))
                        .kind())
                .isEqualTo(Kind.BAD_ROW);
    }

    @Test
    void newColumnsAreAddedOnlyWhenAsked() throws IOException, SQLException {
        Failure failure = failure(request().file("1.csv", "id,extra\n1,2\n").into(ID, PRICE));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_FILE);
        assertThat(failure.message()).contains("'extra'");
        Message.Loaded loaded = load(
                request().file("1.csv", "extra,id\n2.5,1\n").into(ID, PRICE).addingColumns());
        assertThat(columns(loaded)).isEqualTo("id INTEGER, price DECIMAL(5,2), extra DECIMAL(18,1)");
        assertThat(loaded.columns().getLast().fieldId()).isEqualTo(10);
        assertThat(lines(loaded)).containsExactly("1~NULL~2.5");
    }

    @Test
    void givenColumnsAreMappedToThoseOfATable() throws IOException, SQLException {
        Message.Loaded loaded = load(request()
                .file("1.csv", "key,cost,other\n1,2.5,x\n")
                .given("key", "id", null)
                .given("cost", "PRICE", null)
                .into(ID, PRICE));
        assertThat(lines(loaded)).containsExactly("1~2.50");
    }
}
