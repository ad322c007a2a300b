package dev.tarn.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure.Kind;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.TargetColumn;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Rows that are left out and written down. */
class RejectsTest extends Loading {
    @Test
    void everyKindOfBadRowIsWrittenDown() throws IOException, SQLException {
        LoadRequest request = request()
                .file(
                        "f.csv",
                        "id,b\n1,ok\n2\n3,a,\"b,c\"\n4,x\0y\n5,\"q\"z\n6,ok\nx,bad\n,none\n7,\"a \"\"doubled\"\" one that is open\n8,ok\n"
                                .getBytes(ISO_8859_1))
                .into(new TargetColumn(1, "id", "BIGINT", true), new TargetColumn(2, "b", "VARCHAR", false))
                .skipping();
        Message.Loaded loaded = load(request);
        assertThat(lines(loaded)).containsExactly("1~ok", "6~ok", "8~ok");
        assertThat(loaded.rejected()).isEqualTo(7);
        assertThat(request.rejects())
                .isEqualTo(
                        "file,line,column,value,reason\r\n"
                                + "f.csv,3,,2,Line 3 has 1 cell where 2 are expected\r\n"
                                + "f.csv,4,,\"3,a,\"\"b,c\",Line 4 has 3 cells where 2 are expected\r\n"
                                + "f.csv,5,,\"4,x\0y\",Line 5 holds a NUL byte: this is not text in UTF-8\r\n"
                                + "f.csv,6,,\"5,\"\"q\"\"z\",Line 6 has text after a closing quote\r\n"
                                + "f.csv,8,id,x,'x' on line 8 is no BIGINT as column 'id' needs\r\n"
                                + "f.csv,9,id,\"\",\"Line 9 has no value for 'id', which must have one\"\r\n"
                                + "f.csv,10,,\"7,\"\"a \"\"\"\"doubled\"\"\"\" one that is open\",A quote that opens on line 10 is never closed\r\n");
    }

    @Test
    void undecodableBytesAreOneRow() throws IOException, SQLException {
        LoadRequest request = request()
                .file("f.csv", "a,b\n1,\u00fc\n2,x\n".getBytes(ISO_8859_1))
                .skipping();
        assertThat(lines(load(request))).containsExactly("2~x");
        assertThat(request.rejects()).contains("f.csv,2,,\ufffd,\"Line 2 holds bytes that are not UTF-8");
    }

    @Test
    void withTypesOfItsOwnNoValueIsRejected() throws IOException, SQLException {
        Message.Loaded loaded =
                load(request().file("f.csv", "a,b\n1,2\nx,3\n4\n").skipping());
        assertThat(columns(loaded)).isEqualTo("a VARCHAR, b BIGINT");
        assertThat(lines(loaded)).containsExactly("1~2", "x~3");
        assertThat(loaded.rejected()).isEqualTo(1);
    }

    @Test
    void aLongValueIsCutAndWhatFollowsIsLoaded() throws IOException, SQLException {
        String text = "x".repeat(70 << 20);
        LoadRequest request =
                request().file("f.csv", "a,b\n1,2\n1,\"" + text + "\n2,3\n").skipping();
        Message.Loaded loaded = load(request);
        assertThat(lines(loaded)).containsExactly("1~2", "2~3");
        assertThat(request.rejects()).hasSizeLessThan(1_300).contains("x".repeat(900));
    }

    @Test
    void aRowThatIsWrittenAnewLeavesNothingOfItself() throws IOException, SQLException {
        LoadRequest request = request()
                .file("f.csv", "a,b,c,d\n1,long text,1.5,x\n2,another,2.5,bad\n,,,\n3,z,,5\n")
                .given("a", "a", "BIGINT")
                .given("b", "b", null)
                .given("c", "c", "DECIMAL(5,1)")
                .given("d", "d", "INTEGER")
                .skipping();
        assertThat(lines(load(request))).containsExactly("NULL~NULL~NULL~NULL", "3~z~NULL~5");
    }

    @Test
    void theHeaderIsNeverSkippedAndOtherFailuresEndTheLoad() throws IOException {
        assertThat(failure(request().file("f.csv", "a,\"b\n1,2\n").skipping()).kind())
                .isEqualTo(Kind.BAD_ROW);
        assertThat(failure(request().file("f.csv", "").skipping()).kind()).isEqualTo(Kind.BAD_FILE);
    }
}
