package dev.tarn.bench.tpch;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The 22 queries on both sides, turn by turn. */
final class TpchRun {
    /** Compilers and collectors finish what they are at before the first reading, and before the last. */
    private static final long SETTLE_MS = 1_000;

    private final List<TpchQuery> queries;
    private final Side ours;
    private final Side theirs;

    TpchRun(List<TpchQuery> queries, Side ours, Side theirs) {
        this.queries = queries;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** Runs each query once on both, and compares; nothing is measured. */
    void warmUp() throws BenchmarkException, IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (TpchQuery query : queries) {
            try {
                ResultComparison.difference(query, ours.fetch(query.sql()), theirs.fetch(query.sql()))
                        .ifPresent(difference -> wrong.add(query.name() + ": " + difference));
            } catch (BenchmarkException e) {
                wrong.add(query.name() + ": " + e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw new BenchmarkException(
                    "There are no figures, as not all results are equal:\n" + String.join("\n", wrong));
        }
        Figures.say("All " + queries.size() + " results are equal");
    }

    /** Figures of both sides, ours first. */
    List<Measurements> measure(int rounds) throws BenchmarkException, IOException, InterruptedException {
        Measurements our = new Measurements(queries.size());
        Measurements their = new Measurements(queries.size());
        Thread.sleep(SETTLE_MS);
        for (int round = 1; round <= rounds; round++) {
            for (TpchQuery query : queries) {
                time(query, ours, our);
                time(query, theirs, their);
            }
            Figures.say("Round " + round + " of " + rounds + " is done");
        }
        Thread.sleep(SETTLE_MS);
        our.ends(ours.cpuSeconds());
        their.ends(theirs.cpuSeconds());
        return List.of(our, their);
    }

    private static void time(TpchQuery query, Side side, Measurements measurements)
            throws BenchmarkException, IOException, InterruptedException {
        measurements.starts(side.cpuSeconds());
        long start = System.nanoTime();
        side.run(query.sql());
        measurements.answered((System.nanoTime() - start) / 1e6);
    }
}
