package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.FileOptions.DateOrder;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** How text is cut, and how numbers, dates and missing values are written: found and told. */
class NotationTest extends Loading {
    private Message.Loaded loaded(String file) throws IOException {
        return load(request().file("file.csv", file));
    }

    private Message.Loaded loaded(String file, FileOptions options) throws IOException {
        return load(request().file("file.csv", file).options(options));
    }

    @Test
    void aDecimalCommaIsFoundInTheFileAsAWhole() throws IOException, SQLException {
        Message.Loaded loaded = loaded("city;people;share\nA;1.234;1,5\nB;83.000;-1.234.567,25\nC;7;0,5\n");
        assertThat(columns(loaded)).isEqualTo("city VARCHAR, people BIGINT, share DECIMAL(18,2)");
        assertThat(lines(loaded)).containsExactly("A~1234~1.50", "B~83000~-1234567.25", "C~7~0.50");
        assertThat(loaded.options().decimal()).isEqualTo(",");
        assertThat(loaded.options().thousands()).isEqualTo(".");
    }

    @Test
    void commasBetweenThousandsAreFound() throws IOException, SQLException {
        Message.Loaded loaded = loaded("a;b\n1,234.50;1,234\n12.25;-5\n");
        assertThat(lines(loaded)).containsExactly("1234.50~1234", "12.25~-5");
        assertThat(loaded.options().thousands()).isEqualTo(",");
    }

    @Test
    void numbersThatCanBeReadInTwoWaysStayText() throws IOException, SQLException {
        Message.Loaded loaded = loaded("a;b\n1,234;x\n5,678;y\n");
        assertThat(lines(loaded)).containsExactly("1,234~x", "5,678~y");
        assertThat(loaded.warnings()).singleElement().asString().contains("'a'").contains("say decimal=");
        assertThat(columns(loaded("a;b\n1,5;1.5\n"))).isEqualTo("a VARCHAR, b DECIMAL(18,1)");
        assertThat(lines(loaded("a;b\n1,234;x\n", LoadRequest.told().numbers(",", null))))
                .containsExactly("1.234~x");
        assertThat(lines(loaded("a;b\n1,234;x\n", LoadRequest.told().numbers(".", null))))
                .containsExactly("1234~x");
        assertThat(lines(loaded("a;b\n1 234,5;x\n", LoadRequest.told().numbers(",", " "))))
                .containsExactly("1234.5~x");
        assertThat(lines(loaded("a;b\n1\u00a0234;x\n", LoadRequest.told().numbers(null, "\u00a0"))))
                .containsExactly("1234~x");
        assertThat(columns(loaded("a;b\n1,5;x\n", LoadRequest.told().numbers(".", ""))))
                .isEqualTo("a VARCHAR, b VARCHAR");
        assertThat(failure(request()
                                .file("f", "a\n1\n")
                                .options(LoadRequest.told().numbers(",", ",")))
                        .message())
                .contains("same character");
    }

    @Test
    void theOrderOfDatesIsFoundWhereAValueDecidesIt() throws IOException, SQLException {
        Message.Loaded days = loaded("a,b,c\n01/02/2024,1.2.2024 7:05,2024/02/01\n31/01/2024,,2024-02-29\n");
        assertThat(columns(days)).isEqualTo("a DATE, b TIMESTAMP, c DATE");
        assertThat(lines(days))
                .containsExactly("2024-02-01~2024-02-01 07:05:00~2024-02-01", "2024-01-31~NULL~2024-02-29");
        assertThat(days.options().dateOrder()).isEqualTo(DateOrder.DMY);
        Message.Loaded months = loaded("a\n01-02-2024 12:30:00 AM\n12-31-2024 12:00:00 PM\n");
        assertThat(lines(months)).containsExactly("2024-01-02 00:30:00", "2024-12-31 12:00:00");
    }

    @Test
    void datesOfWhichNoneDecidesStayText() throws IOException, SQLException {
        Message.Loaded loaded = loaded("a\n01/02/2024\n03/04/2024\n");
        assertThat(columns(loaded)).isEqualTo("a VARCHAR");
        assertThat(loaded.warnings()).singleElement().asString().contains("date_order");
        assertThat(lines(loaded("a\n01/02/2024\n", LoadRequest.told().dates(DateOrder.MDY))))
                .containsExactly("2024-01-02");
        assertThat(columns(loaded("a,b\n13/02/2024,02/13/2024\n"))).isEqualTo("a VARCHAR, b VARCHAR");
        Failure failure =
                failure(request().file("f.csv", "a\n01/02/2024\n").into(new TargetColumn(1, "a", "DATE", false)));
        assertThat(failure.message()).contains("date_order");
    }

    @Test
    void anOrderThatWasToldStaysWhereADecimalCommaIsFound() throws IOException, SQLException {
        Message.Loaded loaded =
                loaded("day;amount\n03.01.2026;384,00\n", LoadRequest.told().dates(DateOrder.DMY));
        assertThat(columns(loaded)).isEqualTo("day DATE, amount DECIMAL(18,2)");
        assertThat(lines(loaded)).containsExactly("2026-01-03~384.00");
    }

    @Test
    void aValueFarBelowDecidesForAllRows() throws IOException, SQLException {
        StringBuilder file = new StringBuilder("a;b\n");
        for (int i = 0; i < 25_000; i++) {
            file.append("1.234;01/02/2024\n");
        }
        Message.Loaded loaded = loaded(file + "0,5;31/12/2024\n");
        assertThat(columns(loaded)).isEqualTo("a DECIMAL(18,1), b DATE");
        assertThat(lines(loaded).getFirst()).isEqualTo("1234.0~2024-02-01");
    }

    @Test
    void wordsThatMeanNoValue() throws IOException, SQLException {
        Message.Loaded loaded = loaded("a,b\n1,x\nNA,NULL\nN/A,null\n\\N,\n\"NA\",\"NA\"\n");
        assertThat(columns(loaded)).isEqualTo("a BIGINT, b VARCHAR");
        assertThat(lines(loaded)).containsExactly("1~x", "NULL~NULL", "NULL~NULL", "NULL~NULL", "NULL~NA");
        Message.Loaded told = loaded("a,b\n1,-\n-999,NA\n", LoadRequest.told().nullWords("-999", "-"));
        assertThat(lines(told)).containsExactly("1~NULL", "NULL~NA");
    }

    @Test
    void quotesEscapesAndCommentsAreFoundOrTold() throws IOException, SQLException {
        assertThat(lines(loaded("a;b\n'x;y';1\n'it''s';2\n"))).containsExactly("x;y~1", "it's~2");
        assertThat(lines(loaded("a,b\n\"say \\\"hi\\\", you\",1\n\"back\\\\slash\",2\n")))
                .containsExactly("say \"hi\", you~1", "back\\slash~2");
        assertThat(lines(loaded("a,b\n\"C:\\dir\\\",1\n\"say \"\"x\"\"\",2\n")))
                .containsExactly("C:\\dir\\~1", "say \"x\"~2");
        assertThat(lines(loaded("a,b\n\"x\\\"y\",1\n", LoadRequest.told().escape("\\"))))
                .containsExactly("x\"y~1");
        assertThat(lines(loaded(
                        "#one\na,b\n#two, \"\n1,2\n#three", LoadRequest.told().comment("#"))))
                .containsExactly("1~2");
    }

    @Test
    void linesAboveTheHeaderAreFoundOrTold() throws IOException, SQLException {
        Message.Loaded titled = loaded("Sales 2024\n\na,b\n1,2\n3,4\n");
        assertThat(lines(titled)).containsExactly("1~2", "3~4");
        assertThat(titled.options().skipLines()).isEqualTo(2);
        assertThat(titled.warnings()).singleElement().asString().contains("2 lines");
        assertThat(lines(loaded("# made by x\n# at noon, y, z\na,b\n1,2\n3,4\n")))
                .containsExactly("1~2", "3~4");
        assertThat(columns(loaded("#id,b\n1,2\n3,4\n"))).isEqualTo("#id BIGINT, b BIGINT");
        assertThat(lines(loaded("x\ny,z,\"\na,b\n1,2\n", LoadRequest.told().skipLines(2))))
                .containsExactly("1~2");
        assertThat(lines(loaded("sep=|\na|b\n1,2|3\n"))).hasSize(1);
        assertThat(columns(loaded("sep=;\r\na;b\r\n1;2\r\n"))).isEqualTo("a BIGINT, b BIGINT");
    }

    @Test
    void yearsAboveOtherNumbersAreNames() throws IOException {
        assertThat(columns(loaded("city,2019,2020\nParis,5,7\nRome,6,8\n")))
                .isEqualTo("city VARCHAR, 2019 BIGINT, 2020 BIGINT");
        assertThat(columns(loaded("Paris,1950,12\nRome,2000,5\n"))).startsWith("column_1");
        assertThat(columns(loaded("Paris,1950\nRome,2000\n"))).startsWith("column_1");
    }
}
