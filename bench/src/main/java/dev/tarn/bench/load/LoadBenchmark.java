package dev.tarn.bench.load;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.BenchmarkOptions;
import dev.tarn.bench.harness.CpuTime;
import dev.tarn.bench.harness.DuckDbSide;
import dev.tarn.bench.harness.Experiment;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.Folders;
import dev.tarn.bench.harness.Machine;
import dev.tarn.bench.harness.Report;
import dev.tarn.bench.harness.TarnServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./build bench load}. */
public final class LoadBenchmark implements Experiment {
    private static final long MEMORY = 4L << 30;
    private static final int SMALL_WORKER_MB = 512;
    private static final long HUGE_BYTES = 5_000_000_000L;

    @Override
    public void run(BenchmarkOptions options) throws BenchmarkException, IOException, InterruptedException {
        CpuTime cpu = CpuTime.ofThisMachine();
        LoadData data = LoadData.in(options.data(), options.scale());
        List<LoadFigures> figures = new ArrayList<>();
        Path home = options.root().resolve("bench/target/load-home");
        String version;
        String load = Machine.load();
        try (DuckDbSide duckDb = DuckDbSide.start(Machine.cores(), MEMORY, cpu)) {
            version = String.valueOf(
                    duckDb.fetch("SELECT version()").rows().getFirst().getFirst());
            List<LoadCase> cases = data.cases(duckDb, options.scale());
            try (TarnServer server =
                    TarnServer.start(options.root(), home, Map.of("TARN_WORKERS_MEMORY", MEMORY + "B"))) {
                Path output = Files.createDirectories(options.root().resolve("bench/target/load-output"));
                LoadRounds rounds = new LoadRounds(server, duckDb, cpu, output);
                for (LoadCase each : cases) {
                    figures.add(rounds.run(each, options.rounds()));
                }
            }
        }
        Huge huge = huge(options, data, home);
        publish(options, figures, huge, version, load);
        Folders.delete(home);
    }

    private static Huge huge(BenchmarkOptions options, LoadData data, Path home)
            throws BenchmarkException, IOException, InterruptedException {
        Path file = data.huge(
                options.scale().multiply(BigDecimal.valueOf(HUGE_BYTES)).longValue());
        try (TarnServer server =
                        TarnServer.start(options.root(), home, Map.of("TARN_WORKERS_MEMORY", SMALL_WORKER_MB + "MB"));
                PeakMemory peak = PeakMemory.ofChildrenOf(server.pid())) {
            long start = System.nanoTime();
            long rows = server.client().load("iceberg.load.huge", file);
            return new Huge(Files.size(file), rows, (System.nanoTime() - start) / 1e9, peak.megabytes());
        }
    }

    private static void publish(
            BenchmarkOptions options, List<LoadFigures> figures, Huge huge, String duckDb, String load)
            throws IOException {
        String scale = options.scale().toPlainString();
        StringBuilder text = new StringBuilder("## Loads, scale factor " + scale + "\n\n");
        text.append("Machine: ")
                .append(Machine.description())
                .append("; load average ")
                .append(load);
        text.append(" before and ").append(Machine.load()).append(" after.\n\n");
        text.append("Versions: Tarn ").append(System.getProperty("tarn.commit", "of unknown commit"));
        text.append(" on ")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(", DuckDB ")
                .append(duckDb)
                .append(".\n");
        text.append(String.format(Locale.ROOT, """

                Method: a file goes through `POST /tarn/v1/loads` into a new Iceberg table, then DuckDB's own
                `COPY (FROM read_...(file)) TO ... (FORMAT parquet, COMPRESSION zstd)` writes the same file, in a process of its own.
                Once without measuring, then %d rounds, turn by turn; figures are medians. CPU is user and system time of the server and
                all its workers: upload, types from all rows, Parquet, fsync and commit are in ours; DuckDB only converts.

                """, options.rounds()));
        text.append("| File | Rows | Tarn CPU s | DuckDB CPU s | CPU ratio | Tarn wall s | DuckDB wall s |\n");
        text.append("|---|---:|---:|---:|---:|---:|---:|\n");
        for (LoadFigures each : figures) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                    each.of().what(),
                    each.rows(),
                    each.ourCpu(),
                    each.theirCpu(),
                    each.cpuRatio(),
                    each.ourWall(),
                    each.theirWall()));
        }
        text.append(String.format(
                Locale.ROOT,
                "%nA CSV of %.1f GB (%,d rows) with `TARN_WORKERS_MEMORY=%dMB`: %.0f s; the largest worker process had %.0f MB resident.%n",
                huge.bytes() / 1e9,
                huge.rows(),
                SMALL_WORKER_MB,
                huge.seconds(),
                huge.peakMegabytes()));
        new Report(options.root()).write("load_sf" + scale, text.toString());
        figures.forEach(LoadFigures::print);
        Figures.result("load_huge_csv_gigabytes", huge.bytes() / 1e9, "GB");
        Figures.result("load_huge_csv_seconds", huge.seconds(), "s");
        Figures.result("load_huge_csv_worker_peak", huge.peakMegabytes(), "MB");
    }

    private record Huge(long bytes, long rows, double seconds, double peakMegabytes) {}
}
