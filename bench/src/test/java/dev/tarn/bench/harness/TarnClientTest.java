package dev.tarn.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TarnClientTest {
    @Test
    void anAnswerIsReadWithEveryDigitInTheOrderOfItsColumns() {
        byte[] answer = """
                {"query_id": "qry_1", "status": "completed",
                 "columns": [{"name": "n", "type": "BIGINT"}, {"name": "d", "type": "DECIMAL(38,10)"},
                             {"name": "f", "type": "DOUBLE"}, {"name": "t", "type": "STRING"}],
                 "rows": [{"t": "x", "f": 1.5E-7, "d": 12345678901234567890123456.7890123450, "n": 9223372036854775807},
                          {"n": null, "d": 0.10, "f": "NaN", "t": ""}],
                 "elapsed_ms": 3, "bytes_scanned": 0}
                """.getBytes(StandardCharsets.UTF_8);

        assertThat(TarnClient.rows(answer))
                .isEqualTo(new RowSet(
                        List.of("n", "d", "f", "t"),
                        List.of("BIGINT", "DECIMAL(38,10)", "DOUBLE", "STRING"),
                        List.of(
                                List.of("9223372036854775807", "12345678901234567890123456.7890123450", "1.5E-7", "x"),
                                Arrays.asList(null, "0.10", "NaN", ""))));
    }
}
