package dev.tarn.bench.tpch;

import dev.tarn.bench.harness.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * CPU and wall time of one side. CPU is read at the start of each statement only: a statement is charged with all that its
 * side did until its next one began, so that nothing escapes that goes on after an answer (compilation, clean-up, a spare
 * worker's start), and rounding to clock ticks does not add up.
 */
final class Measurements {
    private final int statements;
    private final List<Double> cpuAtStart = new ArrayList<>();
    private final List<Double> wallMs = new ArrayList<>();

    /** Rounds of that many statements follow. */
    Measurements(int statements) {
        this.statements = statements;
    }

    void starts(double cpuSeconds) {
        cpuAtStart.add(cpuSeconds);
    }

    void answered(double ms) {
        wallMs.add(ms);
    }

    /** After the last answer. */
    void ends(double cpuSeconds) {
        cpuAtStart.add(cpuSeconds);
    }

    private int rounds() {
        return wallMs.size() / statements;
    }

    /** Median of the rounds. */
    double cpuSeconds(int statement) {
        return median(round -> cpu(round, statement));
    }

    /** Median of the rounds. */
    double wallMs(int statement) {
        return median(round -> wallMs.get(round * statements + statement));
    }

    /** Median of the rounds' sums. */
    double cpuSecondsOfRound() {
        return median(round -> cpuAtStart.get((round + 1) * statements) - cpuAtStart.get(round * statements));
    }

    /** Median of the rounds' sums. */
    double wallMsOfRound() {
        return median(round -> wallMs.subList(round * statements, (round + 1) * statements).stream()
                .mapToDouble(ms -> ms)
                .sum());
    }

    private double cpu(int round, int statement) {
        int place = round * statements + statement;
        return cpuAtStart.get(place + 1) - cpuAtStart.get(place);
    }

    private double median(IntToDoubleFunction ofRound) {
        return Figures.median(IntStream.range(0, rounds()).mapToDouble(ofRound).toArray());
    }
}
