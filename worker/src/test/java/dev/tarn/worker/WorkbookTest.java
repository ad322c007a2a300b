package dev.tarn.worker;

import static dev.tarn.worker.TestWorkbook.merged;
import static dev.tarn.worker.TestWorkbook.number;
import static dev.tarn.worker.TestWorkbook.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class WorkbookTest extends Loading {
    private Message.Loaded loaded(TestWorkbook workbook) throws IOException {
        return load(request().file("w.xlsx", workbook.bytes()));
    }

    private Message.Loaded loaded(TestWorkbook workbook, FileOptions options) throws IOException {
        return load(request().file("w.xlsx", workbook.bytes()).options(options));
    }

    private Failure refused(byte[] bytes) throws IOException {
        Failure failure = failure(request().file("w.xlsx", bytes));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_FILE);
        return failure;
    }

    private static TestWorkbook people() {
        TestWorkbook book = new TestWorkbook();
        return book.sheet("Hidden", "state=\"hidden\"", row(1, book.text("A1", "no")) + row(2, number("A2", "1")), "")
                .sheet(
                        "People",
                        row(1, book.text("A1", "name"), book.text("B1", "age"))
                                + row(2, book.text("A2", "Ann"), number("B2", "41"))
                                + row(4, book.text("A4", "Bö"), number("B4", "7")))
                .sheet("More", row(1, book.text("A1", "x")) + row(2, number("A2", "1.5")));
    }

    @Test
    void theFirstVisibleSheetOrTheOneThatIsTold() throws IOException, SQLException {
        Message.Loaded loaded = loaded(people());
        assertThat(columns(loaded)).isEqualTo("name VARCHAR, age BIGINT");
        assertThat(lines(loaded)).containsExactly("Ann~41", "Bö~7");
        assertThat(loaded.options().sheet()).isEqualTo("People");
        assertThat(columns(loaded(people(), LoadRequest.told().sheet("more", null))))
                .isEqualTo("x DECIMAL(18,1)");
        assertThat(columns(loaded(people(), LoadRequest.told().sheet("1", null))))
                .isEqualTo("no BIGINT");
        Failure unknown = failure(request()
                .file("w.xlsx", people().bytes())
                .options(LoadRequest.told().sheet("None", null)));
        assertThat(unknown.message()).contains("'Hidden', 'People', 'More'");
    }

    @Test
    void cellsOfEveryKind() throws IOException, SQLException {
        TestWorkbook book = new TestWorkbook();
        int date = book.builtIn(14);
        int moment = book.style("yyyy\\-mm\\-dd hh:mm");
        int clock = book.style("[$-409]h:mm AM/PM;@");
        int percent = book.style("0.00%");
        int elapsed = book.style("[h]:mm:ss");
        int red = book.style("[Red]0.00\" days\"");
        book.sheet(
                "S",
                row(
                                1,
                                "<c r=\"A1\" t=\"inlineStr\"><is><t>day</t></is></c>",
                                book.text("B1", "at"),
                                book.text("C1", "clock"),
                                book.text("D1", "share"),
                                book.text("E1", "long"),
                                book.text("F1", "n"),
                                book.text("G1", "b"),
                                book.shared("H1", "<r><t>te</t></r><r><t>xt</t></r><rPh><t>no</t></rPh>"))
                        + row(
                                2,
                                number("A2", "45351", date),
                                number("B2", "45351.520833333336", moment),
                                number("C2", "0.75", clock),
                                number("D2", "0.125", percent),
                                number("E2", "1.5", elapsed),
                                number("F2", "0.30000000000000004", red),
                                "<c r=\"G2\" t=\"b\"><v>1</v></c>",
                                book.text("H2", "a_x000D_&lt;b"))
                        + row(
                                3,
                                number("A3", "1", date),
                                number("B3", "2", moment),
                                number("C3", "0", clock),
                                number("D3", "1E-3", percent),
                                number("E3", "0.5", elapsed),
                                number("F3", "-12", red),
                                "<c r=\"G3\" t=\"b\"><v>0</v></c>",
                                "<c r=\"H3\" t=\"str\"><f>A1&amp;B1</f><v>00123</v></c>"));
        Message.Loaded loaded = loaded(book);
        assertThat(columns(loaded))
                .isEqualTo("day DATE, at TIMESTAMP, clock TIME, share DECIMAL(18,3), long VARCHAR,"
                        + " n DECIMAL(38,17), b BOOLEAN, text VARCHAR");
        assertThat(lines(loaded).getFirst())
                .isEqualTo("2024-02-29~2024-02-29 12:30:00~18:00:00~0.125~36:00:00~0.30000000000000004~true~a\r<b");
        assertThat(lines(loaded).getLast())
                .isEqualTo("1900-01-01~1900-01-02 00:00:00~00:00:00~0.001~12:00:00~-12.00000000000000000~false~00123");
    }

    @Test
    void datesOf1904AndTheDayThatNeverWas() throws IOException, SQLException {
        TestWorkbook mac = new TestWorkbook().since1904();
        int date = mac.builtIn(14);
        mac.sheet(
                "S",
                row(1, mac.text("A1", "d")) + row(2, number("A2", "0", date)) + row(3, number("A3", "43889", date)));
        assertThat(lines(loaded(mac))).containsExactly("1904-01-01", "2024-02-29");
        TestWorkbook lotus = new TestWorkbook();
        date = lotus.builtIn(14);
        lotus.sheet(
                "S",
                row(1, lotus.text("A1", "d")) + row(2, number("A2", "59", date)) + row(3, number("A3", "61", date)));
        assertThat(lines(loaded(lotus))).containsExactly("1900-02-28", "1900-03-01");
        TestWorkbook never = new TestWorkbook();
        date = never.builtIn(14);
        never.sheet("S", row(1, never.text("A1", "d")) + row(2, number("A2", "60", date)));
        Message.Loaded text = loaded(never);
        assertThat(columns(text)).isEqualTo("d VARCHAR");
        assertThat(lines(text)).containsExactly("1900-02-29");
    }

    @Test
    void formulasHaveTheirStoredValueAndErrorsNone() throws IOException, SQLException {
        TestWorkbook book = new TestWorkbook();
        book.sheet(
                "S",
                row(1, book.text("A1", "a"), book.text("B1", "b"))
                        + row(
                                2,
                                "<c r=\"A2\"><f>1+1</f><v>2</v></c>",
                                "<c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>")
                        + row(3, "<c r=\"A3\"><f>A2*2</f></c>", number("B3", "5"))
                        + row(4, "<c r=\"A4\" t=\"e\"><v>#N/A</v></c>", "<c r=\"B4\" t=\"str\"><f>\"\"</f><v></v></c>")
                        + row(5, number("A5", "9"), book.text("B5", "N/A")));
        Message.Loaded loaded = loaded(book);
        assertThat(lines(loaded)).containsExactly("2~NULL", "NULL~5", "9~NULL");
        assertThat(loaded.warnings())
                .anyMatch(warning -> warning.startsWith("2 cells of w.xlsx hold an error"))
                .anyMatch(warning -> warning.startsWith("1 formula of w.xlsx"));
    }

    @Test
    void mergedHeadersTitlesAndBlankAndDoubleNames() throws IOException, SQLException {
        TestWorkbook book = new TestWorkbook();
        book.sheet(
                "S",
                "",
                row(1, book.text("A1", "Report"))
                        + row(3, book.text("A3", "id"), book.text("B3", "Sales"), book.text("E3", "id"))
                        + row(
                                4,
                                number("A4", "1"),
                                number("B4", "2"),
                                number("C4", "3"),
                                number("D4", "4"),
                                number("F4", "5"))
                        + row(5, number("A5", "6")),
                merged("A1:F1", "B3:C3", "A4:A5"));
        Message.Loaded loaded = loaded(book);
        assertThat(columns(loaded))
                .isEqualTo("id BIGINT, Sales BIGINT, Sales_1 BIGINT, column_4 BIGINT, id_1 VARCHAR, column_6 BIGINT");
        assertThat(lines(loaded)).containsExactly("1~2~3~4~NULL~5", "6~NULL~NULL~NULL~NULL~NULL");
        assertThat(loaded.warnings()).singleElement().asString().contains("The first row of w.xlsx");
        assertThat(loaded.options().skipLines()).isEqualTo(2);
    }

    @Test
    void aRangeIsAllThatIsRead() throws IOException, SQLException {
        TestWorkbook book = new TestWorkbook();
        book.sheet(
                "S",
                row(2, book.text("B2", "a"), book.text("C2", "b"), book.text("D2", "c"))
                        + row(3, number("A3", "0"), number("B3", "1"), number("C3", "2"), number("D3", "3"))
                        + row(4, number("B4", "4"), number("C4", "5"), number("D4", "6")));
        assertThat(lines(loaded(book, LoadRequest.told().sheet(null, "b2:C3")))).containsExactly("1~2");
        assertThat(lines(loaded(book, LoadRequest.told().sheet(null, "C:E")))).containsExactly("2~3~NULL", "5~6~NULL");
        assertThat(lines(loaded(book, LoadRequest.told().sheet(null, "B2:C")))).containsExactly("1~2", "4~5");
        Failure failure = failure(request()
                .file("w.xlsx", book.bytes())
                .options(LoadRequest.told().sheet(null, "C3:B2")));
        assertThat(failure.message()).contains("like B2:F40");
    }

    @Test
    void aValueThatDoesNotFitHasTheNumberOfItsRow() throws IOException {
        Failure failure = failure(request()
                .file("w.xlsx", people().bytes())
                .into(new TargetColumn(1, "name", "BIGINT", false), new TargetColumn(2, "age", "BIGINT", false)));
        assertThat(failure.kind()).isEqualTo(Kind.BAD_ROW);
        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo("name");
        assertThat(failure.value()).isEqualTo("Ann");
    }

    @Test
    void emptySheetsAndHeadersAlone() throws IOException, SQLException {
        TestWorkbook header = new TestWorkbook();
        header.sheet("S", row(1, header.text("A1", "a"), header.text("B1", "b")));
        assertThat(columns(loaded(header))).isEqualTo("a VARCHAR, b VARCHAR");
        assertThat(refused(new TestWorkbook().sheet("S", "").bytes()).message()).contains("is empty");
        assertThat(refused(new TestWorkbook().bytes()).message()).contains("no sheet");
    }

    @Test
    void severalWorkbooksAndPackedOnes() throws IOException, SQLException {
        Message.Loaded loaded = load(
                request().file("a.xlsx", people().bytes()).file("b.xlsx.gz", PackedFilesTest.gzip(people().bytes())));
        assertThat(lines(loaded)).hasSize(4);
    }

    @Test
    void entitiesAndDamageAreRefused() throws IOException {
        TestWorkbook book = new TestWorkbook();
        assertThat(refused(book.sheet("S", "<row r=\"1\"><c r=\"A1\"><v>1</v></row>")
                                .bytes())
                        .message())
                .contains("damaged");
        byte[] external = PackedFilesTest.zip(
                "[Content_Types].xml",
                "",
                "xl/workbook.xml",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><workbook><x>&e;</x></workbook>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships/>");
        assertThat(refused(external).message()).doesNotContain("root");
        byte[] laughs = PackedFilesTest.zip(
                "[Content_Types].xml",
                "",
                "xl/workbook.xml",
                "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><workbook><x>&b;</x></workbook>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships/>");
        refused(laughs);
    }

    @Test
    void aHundredThousandRowsWithTextsOfTheirOwn() throws IOException, SQLException {
        TestWorkbook book = new TestWorkbook();
        StringBuilder rows = new StringBuilder(row(1, book.text("A1", "id"), book.text("B1", "text")));
        for (int i = 2; i <= 100_000; i++) {
            rows.append(row(i, number("A" + i, String.valueOf(i)), book.text("B" + i, "text number " + i)));
        }
        book.sheet("S", rows.toString());
        Message.Loaded loaded = loaded(book);
        assertThat(loaded.rows()).isEqualTo(99_999);
        assertThat(lines(loaded).getLast()).isEqualTo("100000~text number 100000");
    }
}
