package dev.tarn.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableSinkTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TableSink sink = new TableSink(new PrintStream(bytes, true, StandardCharsets.UTF_8), "");

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aResultWithoutRowsShowsItsColumns() {
        sink.begin(List.of(new Column("a", "INT"), new Column("b", "STRING")));
        sink.end();
        assertThat(lines()).containsExactly(" a | b", "---+---");
    }

    @Test
    void aStatementWithoutColumnsPrintsNothing() {
        sink.begin(List.of());
        sink.end();
        assertThat(lines()).isEmpty();
    }

    @Test
    void afterTheFirstRowsNothingIsKeptAndNothingIsCut() {
        sink.begin(List.of(new Column("name", "STRING")));
        for (int i = 0; i < 2_000; i++) {
            sink.row(List.of("abc"));
        }
        assertThat(lines()).hasSize(2_002);
        sink.row(List.of("wider than all before"));
        sink.row(Arrays.asList((Object) null));
        assertThat(lines()).endsWith(" abc", " wider than all before", " NULL");
    }

    @Test
    void combiningMarksAndEmojiHaveTheirWidths() {
        assertThat(DisplayWidth.of("e\u0301")).isEqualTo(1);
        assertThat(DisplayWidth.of("👍")).isEqualTo(2);
        assertThat(DisplayWidth.of("한글")).isEqualTo(4);
    }

    @Test
    void amountsRead() {
        assertThat(Amount.bytes(0)).isEqualTo("0 B");
        assertThat(Amount.bytes(999)).isEqualTo("999 B");
        assertThat(Amount.bytes(1_000)).isEqualTo("1.0 kB");
        assertThat(Amount.bytes(999_999)).isEqualTo("1.0 MB");
        assertThat(Amount.rows(1)).isEqualTo("1 row");
    }
}
