package dev.tarn.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchmarkOptionsTest {
    private static final Path ROOT = Path.of("/tarn");

    @Test
    void scaleIsOneUnlessTold() throws BenchmarkException {
        assertThat(BenchmarkOptions.parse(ROOT, List.of()))
                .isEqualTo(new BenchmarkOptions(ROOT, Path.of("/tarn/bench/target/data"), BigDecimal.ONE, 3));
    }

    @Test
    void everythingCanBeTold() throws BenchmarkException {
        assertThat(BenchmarkOptions.parse(ROOT, List.of("--scale", "0.10", "--data", "/data", "--rounds", "5")))
                .isEqualTo(new BenchmarkOptions(ROOT, Path.of("/data"), new BigDecimal("0.1"), 5));
    }

    @Test
    void tenIsNamedTen() throws BenchmarkException {
        assertThat(BenchmarkOptions.parse(ROOT, List.of("--scale", "10"))
                        .scale()
                        .toPlainString())
                .isEqualTo("10");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> BenchmarkOptions.parse(ROOT, List.of("--scale", "lots")))
                .hasMessage("--scale is lots; it must be a number from 0.001 to 100");
        assertThatThrownBy(() -> BenchmarkOptions.parse(ROOT, List.of("--scale", "1000")))
                .hasMessage("--scale is 1000; it must be a number from 0.001 to 100");
        assertThatThrownBy(() -> BenchmarkOptions.parse(ROOT, List.of("--speed", "9")))
                .hasMessage("Unknown option --speed; there are --scale, --data, --rounds");
        assertThatThrownBy(() -> BenchmarkOptions.parse(ROOT, List.of("--data")))
                .hasMessageStartingWith("--data needs a value");
    }
}
