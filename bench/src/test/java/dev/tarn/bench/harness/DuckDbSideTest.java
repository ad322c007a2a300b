package dev.tarn.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DuckDbSideTest {
    @SuppressWarnings("NullAway.Init")
    private DuckDbSide side;

    @BeforeEach
    void start() throws BenchmarkException, IOException {
        side = DuckDbSide.start(1, 1L << 30, CpuTime.ofThisMachine());
    }

    @AfterEach
    void end() {
        side.close();
    }

    @Test
    void theProcessAnswersInTheOrderOfItsQuestions() throws BenchmarkException, IOException {
        side.run("SELECT * FROM range(100)");
        RowSet rows = side.fetch(
                "SELECT 1.50::DECIMAL(18,2) AS a, NULL::DATE AS b, 'ä' AS c UNION ALL SELECT 2, DATE '1995-03-15', ''");

        assertThat(rows.columns()).containsExactly("a", "b", "c");
        assertThat(rows.types()).containsExactly("DECIMAL(18,2)", "DATE", "VARCHAR");
        assertThat(rows.rows()).isEqualTo(List.of(Arrays.asList("1.50", null, "ä"), List.of("2.00", "1995-03-15", "")));
        assertThat(side.cpuSeconds()).isPositive();
    }

    @Test
    void itGoesOnAfterAnError() throws BenchmarkException, IOException {
        assertThatThrownBy(() -> side.run("SELECT * FROM nowhere"))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("nowhere");

        assertThat(side.fetch("SELECT current_setting('threads')").rows()).isEqualTo(List.of(List.of("1")));
    }
}
