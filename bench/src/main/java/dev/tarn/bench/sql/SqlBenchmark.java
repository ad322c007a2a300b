package dev.tarn.bench.sql;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.BenchmarkOptions;
import dev.tarn.bench.harness.CpuTime;
import dev.tarn.bench.harness.DuckDbSide;
import dev.tarn.bench.harness.Experiment;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.Folders;
import dev.tarn.bench.harness.Machine;
import dev.tarn.bench.harness.Report;
import dev.tarn.bench.harness.SparkSide;
import dev.tarn.bench.harness.TarnClient;
import dev.tarn.bench.harness.TarnServer;
import dev.tarn.bench.harness.TpchData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./build bench sql}: about 6 minutes on 2 cores. */
public final class SqlBenchmark implements Experiment {
    private static final BigDecimal CHANGED_ROWS = BigDecimal.valueOf(10_000_000);
    private static final long MEMORY = 4L << 30;

    @Override
    public void run(BenchmarkOptions options) throws BenchmarkException, IOException, InterruptedException {
        List<TpchData.Table> tables = TpchData.make(options.data(), BigDecimal.ONE);
        CpuTime cpu = CpuTime.ofThisMachine();
        Path home = options.root().resolve("bench/target/sql-home");
        String load = Machine.load();
        try (TarnServer server = TarnServer.start(options.root(), home, Map.of("TARN_WORKERS_MEMORY", MEMORY + "B"));
                DuckDbSide duckDb = DuckDbSide.start(Machine.cores(), MEMORY, cpu)) {
            TarnClient client = server.client();
            for (TpchData.Table table : tables) {
                if (List.of("nation", "orders").contains(table.name())) {
                    client.load("tpch." + table.name(), table.file());
                    duckDb.setUp("CREATE TABLE " + table.name() + " AS FROM read_csv('" + table.file() + "')");
                }
            }
            List<SmallStatements.Latency> latencies = new ArrayList<>();
            for (SmallStatements.Kind kind : SmallStatements.KINDS) {
                latencies.add(SmallStatements.latency(client, duckDb, kind));
            }
            SmallStatements.CpuReading reading = () -> cpu.seconds(server.pid());
            SmallStatements.Throughput throughput = SmallStatements.throughput(server, reading.seconds(), reading);
            Figures.say("Small statements are measured; now 1 % of the rows of a large table change");
            List<ChangedRows.Change> changes = new ArrayList<>();
            client.execute("default", "CREATE SCHEMA IF NOT EXISTS bench");
            try (SparkSide spark = SparkSide.start(options.root(), server, Machine.cores(), cpu)) {
                long rows = CHANGED_ROWS.multiply(options.scale()).longValue();
                ChangedRows run = new ChangedRows(client, reading, spark, duckDb, rows);
                changes.addAll(run.run("merge-on-read"));
                changes.addAll(run.run("copy-on-write"));
                publish(options, rows, latencies, throughput, changes, load);
            }
        }
        Folders.delete(home);
    }

    private static void publish(
            BenchmarkOptions options,
            long rows,
            List<SmallStatements.Latency> latencies,
            SmallStatements.Throughput throughput,
            List<ChangedRows.Change> changes,
            String load)
            throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                ## Statements: small ones, and changes of rows

                Machine: %s; load average %s before and %s after.

                Versions: Tarn %s on %s.

                Method (`./build bench sql`): TPC-H's nation and orders of scale factor 1. One client sends each small statement
                through `POST /v1/sql/execute` until the answer is here, each time with another constant, 300 times without measuring
                and 1,000 times measured; DuckDB, in a process of its own over tables of its own, runs the same text in between. Then %d
                clients send the three by turns. Audit, history and metering are on.

                | Statement | p50 ms | p99 ms | Target p50 ms | DuckDB alone, p50 ms |
                |---|---:|---:|---:|---:|
                """,
                Machine.description(),
                load,
                Machine.load(),
                System.getProperty("tarn.commit", "of unknown commit"),
                LocalDate.now(ZoneOffset.UTC),
                SmallStatements.CLIENTS));
        for (SmallStatements.Latency each : latencies) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.0f | %.2f |%n",
                    each.kind().what(),
                    each.median(),
                    each.percentile99(),
                    each.kind().target(),
                    each.plainMedian()));
            Figures.result("sql_" + each.kind().name() + "_p50", each.median(), "ms");
        }
        text.append(String.format(
                Locale.ROOT,
                """

                %d clients at once: **%.0f statements a second** (target 400), %.1f ms of CPU of server and workers each.

                Changes of a table of %,d rows of format 3 (4 columns, unsorted). Spark 4.1 with Iceberg 1.12, `local[%d]` and warmed up by
                making its copy of the table, does the same on that copy through Iceberg's JDBC catalog; DuckDB on a table of its own in
                memory, without Iceberg. After each change the sums of all three are equal. CPU is user and system time with all children.

                | Change | Tarn CPU s | Spark CPU s | Spark/Tarn | DuckDB CPU s | Tarn wall s | Spark wall s |
                |---|---:|---:|---:|---:|---:|---:|
                """,
                SmallStatements.CLIENTS,
                throughput.aSecond(),
                throughput.cpuMsEach(),
                rows,
                Machine.cores()));
        Figures.result("sql_statements_a_second", throughput.aSecond(), "1/s");
        for (ChangedRows.Change each : changes) {
            double ratio = each.spark().cpu() / each.tarn().cpu();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.1f | %.2f | %.1f | %.1f |%n",
                    each.what(),
                    each.tarn().cpu(),
                    each.spark().cpu(),
                    ratio,
                    each.duckDb().cpu(),
                    each.tarn().wall(),
                    each.spark().wall()));
            Figures.result("sql_" + each.what().replaceAll("[^a-zA-Z]+", "_").toLowerCase(Locale.ROOT), ratio, "x");
        }
        new Report(options.root()).write("sql", text.toString());
    }
}
