package dev.tarn.bench.tpch;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.BenchmarkOptions;
import dev.tarn.bench.harness.CpuTime;
import dev.tarn.bench.harness.DuckDbSide;
import dev.tarn.bench.harness.Experiment;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.Machine;
import dev.tarn.bench.harness.Report;
import dev.tarn.bench.harness.TarnServer;
import dev.tarn.bench.harness.TpchData;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** {@code ./build bench tpch}. */
public final class TpchBenchmark implements Experiment {
    /** The server's own default on a machine of 2 cores and 16 GB; enough for scale factor 10 to stay in memory. */
    private static final long MOST_MEMORY = 4L << 30;

    @Override
    public void run(BenchmarkOptions options) throws BenchmarkException, IOException, InterruptedException {
        List<TpchData.Table> tables = TpchData.make(options.data(), options.scale());
        List<TpchQuery> queries = TpchQuery.all(options.scale());
        int threads = Machine.cores();
        long memory = Math.min(MOST_MEMORY, Machine.memoryBytes() / 2 / threads);
        CpuTime cpu = CpuTime.ofThisMachine();
        Path home = options.root().resolve("bench/target/tpch-home");
        try (TarnServer server = TarnServer.start(options.root(), home, Map.of("TARN_WORKERS_MEMORY", memory + "B"))) {
            TpchLoad loading = TpchLoad.into(server, tables, cpu);
            try (DuckDbSide duckDb = DuckDbSide.start(threads, memory, cpu)) {
                duckDb.show(loading.files());
                TpchRun run = new TpchRun(queries, new TarnSide(server, cpu), duckDb);
                run.warmUp();
                String load = Machine.load();
                List<Measurements> measured = run.measure(options.rounds());
                publish(
                        options,
                        new TpchReport(
                                options.scale().toPlainString(),
                                options.rounds(),
                                threads,
                                memory,
                                versions(duckDb),
                                load + " before and " + Machine.load() + " after",
                                queries,
                                loading,
                                measured.getFirst(),
                                measured.getLast()));
            }
        }
    }

    private static String versions(DuckDbSide duckDb) throws BenchmarkException, IOException {
        return "Tarn " + System.getProperty("tarn.commit", "of unknown commit") + " on "
                + LocalDate.now(ZoneOffset.UTC) + ", " + "DuckDB "
                + duckDb.fetch("SELECT version()").rows().getFirst().getFirst() + ", io.trino.tpch "
                + TpchTable.class.getPackage().getImplementationVersion();
    }

    private static void publish(BenchmarkOptions options, TpchReport figures) throws IOException {
        Report report = new Report(options.root());
        report.write(figures.section(), figures.markdown());
        Figures.say("Wrote the section " + figures.section() + " of " + report.file());
        figures.print();
    }
}
