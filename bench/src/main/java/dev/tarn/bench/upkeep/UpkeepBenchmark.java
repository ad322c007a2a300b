package dev.tarn.bench.upkeep;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.BenchmarkOptions;
import dev.tarn.bench.harness.CpuTime;
import dev.tarn.bench.harness.Experiment;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.Folders;
import dev.tarn.bench.harness.Machine;
import dev.tarn.bench.harness.Report;
import dev.tarn.bench.harness.SparkSide;
import dev.tarn.bench.harness.TarnClient;
import dev.tarn.bench.harness.TarnServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./build bench upkeep}: many small files become few large ones, beside Spark's {@code rewrite_data_files}. */
public final class UpkeepBenchmark implements Experiment {
    private static final BigDecimal FILES = BigDecimal.valueOf(10_000);
    private static final int ROWS_A_FILE = 1_000;
    private static final long MEMORY = 4L << 30;
    private static final int BOXES = 50;
    private static final String SUMS =
            "SELECT count(*), sum(id), sum(x), sum(CAST(round(y * 10) AS BIGINT)), sum(amount), min(note), max(note) FROM ";

    /** CPU seconds and wall seconds. */
    private record Cost(double cpu, double wall) {}

    private interface Work {
        void run() throws BenchmarkException, IOException, InterruptedException;
    }

    private interface Reading {
        double seconds() throws IOException;
    }

    @Override
    public void run(BenchmarkOptions options) throws BenchmarkException, IOException, InterruptedException {
        CpuTime cpu = CpuTime.ofThisMachine();
        Path home = options.root().resolve("bench/target/upkeep-home");
        long files = FILES.multiply(options.scale()).longValue();
        String load = Machine.load();
        try (TarnServer server = TarnServer.start(
                options.root(), home, Map.of("TARN_WORKERS_MEMORY", MEMORY + "B", "TARN_UPKEEP_ROUNDS", "1000d"))) {
            TarnClient client = server.client();
            client.execute("default", "CREATE SCHEMA IF NOT EXISTS bench");
            for (String table : new String[] {"ours", "theirs"}) {
                smallFiles(client, table, files);
            }
            smallFiles(client, "warm", 20);
            smallFiles(client, "warm_ours", 20);
            // Without what a first compaction needs of classes; the same is done for Spark.
            compact(client, "warm_ours", "{\"operation\":\"compact\",\"strategy\":\"binpack\"}");
            String before = sums(client, "ours");
            Figures.say("The tables are there; now both are compacted");
            Reading tarnCpu = () -> cpu.seconds(server.pid());
            Cost tarn = cost(
                    tarnCpu, () -> compact(client, "ours", "{\"operation\":\"compact\",\"strategy\":\"binpack\"}"));
            Cost spark = spark(options, server, cpu);
            requireSame(before, sums(client, "ours"), "ours");
            requireSame(before, sums(client, "theirs"), "theirs");
            Cost zorder = cost(
                    tarnCpu,
                    () -> compact(
                            client,
                            "ours",
                            "{\"operation\":\"compact\",\"strategy\":\"zorder\",\"options\":{\"columns\":\"x, y\",\"rewrite-all\":\"true\",\"target-file-size-bytes\":\"3000000\"}}"));
            requireSame(before, sums(client, "ours"), "ours along the curve");
            publish(options, files, tarn, spark, zorder, boxes(client), load);
        }
        Folders.delete(home);
    }

    private static Cost cost(Reading cpu, Work work) throws BenchmarkException, IOException, InterruptedException {
        double before = cpu.seconds();
        long start = System.nanoTime();
        work.run();
        return new Cost(cpu.seconds() - before, (System.nanoTime() - start) / 1e9);
    }

    /** One file for each partition, of a partitioning that the table then has no more. */
    private static void smallFiles(TarnClient client, String table, long files)
            throws BenchmarkException, IOException, InterruptedException {
        client.execute(
                "bench",
                "CREATE TABLE bench.%s (id BIGINT, x BIGINT, y DOUBLE, amount DECIMAL(18,2), note STRING, part INT) PARTITIONED BY (part)"
                        .formatted(table));
        for (long first = 0; first < files; first += 5_000) {
            client.execute(
                    "bench",
                    ("INSERT INTO bench.%s SELECT i, hash(i) %% 1000000, (hash(i + 77777777) %% 1000000) / 10.0, i %% 100000 / 100,"
                                    + " 'note ' || hash(i) %% 1000, i // %d FROM range(%d, %d) r(i)")
                            .formatted(
                                    table,
                                    ROWS_A_FILE,
                                    first * ROWS_A_FILE,
                                    Math.min(files, first + 5_000) * ROWS_A_FILE));
        }
        client.execute("bench", "ALTER TABLE bench.%s DROP PARTITION FIELD part".formatted(table));
    }

    private static void compact(TarnClient client, String table, String task)
            throws BenchmarkException, IOException, InterruptedException {
        JsonNode job = client.post("/tarn/v1/tables/bench." + table + "/upkeep", task);
        String id = job.path("id").asString();
        while (!job.path("finished_at").isString()) {
            Thread.sleep(200);
            job = client.get("/tarn/v1/upkeep/" + id);
        }
        if (!job.path("state").asString().equals("completed")
                || job.at("/result/failed_groups").asInt() != 0) {
            throw new BenchmarkException("The compaction of " + table + " failed: " + job);
        }
        Figures.say(table + ": " + job.path("result"));
    }

    private static Cost spark(BenchmarkOptions options, TarnServer server, CpuTime cpu)
            throws BenchmarkException, IOException, InterruptedException {
        try (SparkSide spark = SparkSide.start(options.root(), server, Machine.cores(), cpu)) {
            String call = "CALL `%s`.system.rewrite_data_files(table => 'bench.%s')";
            // Without what a first statement needs of classes.
            spark.run(call.formatted(server.tenantId(), "warm"));
            return cost(
                    spark::cpuSeconds,
                    () -> Figures.say("Spark: " + spark.run(call.formatted(server.tenantId(), "theirs"))));
        }
    }

    private static String sums(TarnClient client, String table)
            throws BenchmarkException, IOException, InterruptedException {
        return TarnClient.rows(client.execute("bench", SUMS + "bench." + table))
                .rows()
                .toString();
    }

    private static void requireSame(String before, String after, String table) throws BenchmarkException {
        if (!before.equals(after)) {
            throw new BenchmarkException(
                    "Compaction changed the rows of %s: %s before, %s after".formatted(table, before, after));
        }
    }

    private record Opened(double share, long files) {}

    /** How many of the files hold rows of a box of a tenth of each column, on average. */
    private static Opened boxes(TarnClient client) throws BenchmarkException, IOException, InterruptedException {
        double shares = 0;
        long total = 0;
        for (int box = 0; box < BOXES; box++) {
            long x = (box * 7919L * 13) % 900_000;
            long y = (box * 104_729L * 17) % 900_000 / 10;
            String query = "SELECT count(*) FROM bench.ours WHERE x BETWEEN %d AND %d AND y BETWEEN %d AND %d"
                    .formatted(x, x + 100_000, y, y + 10_000);
            JsonNode table = client.post(
                            "/tarn/v1/statements/explain",
                            JsonMapper.shared().writeValueAsString(Map.of("statement", query)))
                    .at("/tables/0");
            total = table.path("files_total").asLong();
            shares += (double) table.path("files_planned").asLong() / total;
        }
        return new Opened(shares / BOXES, total);
    }

    private static void publish(
            BenchmarkOptions options, long files, Cost tarn, Cost spark, Cost zorder, Opened boxes, String load)
            throws IOException {
        double ratio = spark.cpu() / tarn.cpu();
        String text = String.format(
                Locale.ROOT,
                """
                ## Upkeep: compaction

                Machine: %s; load average %s before and %s after.

                Versions: Tarn %s on %s.

                Method (`./build bench upkeep`): two tables of %,d files with %,d rows each (6 columns), written by the same statements.
                Ours is compacted by `POST /tarn/v1/tables/{t}/upkeep`, from the call until the job is seen to have ended; the other by
                Spark 4.1 with Iceberg 1.12, `local[%d]`, `CALL system.rewrite_data_files`, Both have compacted a small table before, and run with their
                defaults. Afterwards the sums of both are equal. CPU is user and system time with all children.

                | Work | Tarn CPU s | Spark CPU s | Spark/Tarn | Tarn wall s | Spark wall s |
                |---|---:|---:|---:|---:|---:|
                | binpack of %,d files | %.2f | %.2f | **%.1f** (target 5) | %.1f | %.1f |
                | zorder of all rows by two columns | %.2f | | | %.1f | |

                Of the %d files along the Z-order curve a box of a tenth of each of the two columns (1 %% of the rows) opens **%.1f %%** on average of %d
                boxes (target: at most 15 %%).
                """,
                Machine.description(),
                load,
                Machine.load(),
                System.getProperty("tarn.commit", "of unknown commit"),
                LocalDate.now(ZoneOffset.UTC),
                files,
                files * ROWS_A_FILE,
                Machine.cores(),
                files,
                tarn.cpu(),
                spark.cpu(),
                ratio,
                tarn.wall(),
                spark.wall(),
                zorder.cpu(),
                zorder.wall(),
                boxes.files(),
                100 * boxes.share(),
                BOXES);
        Figures.result("upkeep_compaction_cpu", ratio, "x");
        Figures.result("upkeep_zorder_opened", 100 * boxes.share(), "%");
        new Report(options.root()).write("upkeep", text);
    }
}
