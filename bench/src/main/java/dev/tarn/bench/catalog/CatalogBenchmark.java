package dev.tarn.bench.catalog;

import dev.tarn.bench.catalog.CatalogRun.Measured;
import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.BenchmarkOptions;
import dev.tarn.bench.harness.CpuTime;
import dev.tarn.bench.harness.Experiment;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.Folders;
import dev.tarn.bench.harness.Machine;
import dev.tarn.bench.harness.Report;
import dev.tarn.bench.harness.TarnServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** {@code ./build bench catalog}: about 4 minutes on 2 cores. */
public final class CatalogBenchmark implements Experiment {
    /**
     * A row of the report.
     *
     * @param target what ours must not be above; 0 where nothing is said
     */
    private record Row(String name, String what, double target, Function<Measured, Double> milliseconds) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    "load_p50",
                    "load a table of 20 columns and 20 snapshots, p50",
                    5,
                    each -> each.load().p50()),
            new Row("load_p99", "the same, p99", 0, each -> each.load().p99()),
            new Row(
                    "not_modified_p50",
                    "the same with its tag (304), p50",
                    2,
                    each -> each.notModified().p50()),
            new Row(
                    "steady_p50",
                    "500 calls a second, p50",
                    0,
                    each -> each.steady().p50()),
            new Row(
                    "steady_p99",
                    "500 calls a second, p99",
                    50,
                    each -> each.steady().p99()),
            new Row("steady_cpu", "500 calls a second, CPU of each call", 0, Measured::loadCpu),
            new Row(
                    "commit_p50",
                    "commit a snapshot to a table of 20 and more, p50",
                    0,
                    each -> each.commit().p50()),
            new Row(
                    "large_load_p50",
                    "load a table of 10,000 snapshots, p50",
                    0,
                    each -> each.largeLoad().p50()),
            new Row(
                    "large_commit_p50",
                    "commit a snapshot to a table of 10,000, p50",
                    100,
                    each -> each.largeCommit().p50()),
            new Row(
                    "first_page_p50",
                    "the first 1,000 of 50,000 tables, p50",
                    0,
                    each -> each.firstPage().p50()),
            new Row(
                    "last_page_p50",
                    "the last 1,000 of 50,000 tables, p50",
                    0,
                    each -> each.lastPage().p50()));

    @Override
    public void run(BenchmarkOptions options) throws BenchmarkException, IOException, InterruptedException {
        Path home = options.root().resolve("bench/target/catalog-home");
        CpuTime cpu = CpuTime.ofThisMachine();
        String load = Machine.load();
        Measured peers;
        try (PeerCatalog peer = PeerCatalog.start(options.root())) {
            peers = new CatalogRun(peer.side(), cpu, peer.database()).run();
        }
        Measured ours;
        try (TarnServer server = TarnServer.start(options.root(), home, Map.of())) {
            CatalogSide side = CatalogSide.of("Tarn", server.url() + "/iceberg/v1/iceberg", server.key(), server.pid());
            ours = new CatalogRun(side, cpu, home.resolve("tarn.db")).run();
        }
        publish(options, ours, peers, load);
        Folders.delete(home);
    }

    private static void publish(BenchmarkOptions options, Measured ours, Measured peers, String load)
            throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                ## Iceberg's REST catalog

                Machine: %s; load average %s before and %s after.

                Versions: Tarn %s on %s; Iceberg's own server of the protocol (`RESTCatalogServer` of `iceberg-open-api` 1.11.0, over its
                JDBC catalog).

                Method (`./build bench catalog`): first Iceberg's server, then ours, each alone with its clients on this machine, on SQLite
                and local files. Ours has authentication, rights, audit, metering and durable files on; the peer has none of them. One client
                sends each call 2,000 times without measuring and 2,000 times measured (commits 100 and 200 times; to and from the table of
                10,000 snapshots 30 and 50 times), and reads the answer to its end. Under load, calls begin every 2 ms for 20 s, whether
                others are answered or not, and count from when they were due: 6 of 10 load the table, 2 have its tag, 1 asks whether it is
                there, 1 lists tables. The 50,000 tables were put into both databases as rows.

                | What | Tarn ms | Target ms | Iceberg's ms | Ratio |
                |---|---:|---:|---:|---:|
                """,
                Machine.description(),
                load,
                Machine.load(),
                System.getProperty("tarn.commit", "of unknown commit"),
                LocalDate.now(ZoneOffset.UTC)));
        for (Row row : ROWS) {
            double mine = row.milliseconds().apply(ours);
            double theirs = row.milliseconds().apply(peers);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %s | %.2f | %.2f |%n",
                    row.what(),
                    mine,
                    row.target() == 0 ? "" : String.format(Locale.ROOT, "%.0f", row.target()),
                    theirs,
                    mine / theirs));
            Figures.result("catalog_" + row.name(), mine, "ms");
            Figures.result("catalog_" + row.name() + "_ratio", mine / theirs, "x");
        }
        new Report(options.root()).write("catalog", text.toString());
    }
}
