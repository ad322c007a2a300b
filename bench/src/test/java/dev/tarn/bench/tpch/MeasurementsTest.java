package dev.tarn.bench.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MeasurementsTest {
    @Test
    void aStatementIsChargedUntilTheNextBegins() {
        Measurements figures = new Measurements(2);
        add(figures, 10, 100);
        add(figures, 11, 200);
        add(figures, 14, 300);
        add(figures, 16, 400);
        add(figures, 20, 900);
        add(figures, 29, 800);
        figures.ends(30);

        assertThat(figures.cpuSeconds(0)).isEqualTo(2);
        assertThat(figures.cpuSeconds(1)).isEqualTo(3);
        assertThat(figures.wallMs(0)).isEqualTo(300);
        assertThat(figures.cpuSecondsOfRound()).isEqualTo(6);
        assertThat(figures.wallMsOfRound()).isEqualTo(700);
    }

    private static void add(Measurements figures, double cpuSeconds, double wallMs) {
        figures.starts(cpuSeconds);
        figures.answered(wallMs);
    }
}
