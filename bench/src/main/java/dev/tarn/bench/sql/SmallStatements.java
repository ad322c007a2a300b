package dev.tarn.bench.sql;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.DuckDbSide;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.TarnClient;
import dev.tarn.bench.harness.TarnServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Statements of a dashboard: one after the other from one client, and from many at once. */
final class SmallStatements {
    static final int CLIENTS = 16;
    private static final int WARM_UP = 300;
    private static final int MEASURED = 1_000;
    private static final int EACH_CLIENT = 250;

    /** {@code sql} has a number in it, another each time, so that no two texts are alike. */
    record Kind(String name, String what, String sql, double target) {
        String text(int i) {
            return sql.formatted(1 + i * 7919L % 1_500_000);
        }
    }

    static final List<Kind> KINDS = List.of(
            new Kind("select_1", "`SELECT 1`", "SELECT 1 AS one, %d AS n", 4),
            new Kind("small_count", "count over 25 rows", "SELECT count(*) FROM nation WHERE n_nationkey <> %d", 6),
            new Kind(
                    "point_query",
                    "one row of 1.5 million by its key",
                    "SELECT * FROM orders WHERE o_orderkey = %d",
                    12));

    /** Milliseconds. */
    record Latency(Kind kind, double median, double percentile99, double plainMedian) {}

    record Throughput(double aSecond, double cpuMsEach) {}

    private SmallStatements() {}

    static Latency latency(TarnClient client, DuckDbSide plain, Kind kind)
            throws BenchmarkException, IOException, InterruptedException {
        double[] ours = new double[MEASURED];
        double[] theirs = new double[MEASURED];
        for (int i = -WARM_UP; i < MEASURED; i++) {
            String sql = kind.text(i + WARM_UP);
            long start = System.nanoTime();
            client.execute("tpch", sql);
            long middle = System.nanoTime();
            plain.run(sql);
            if (i >= 0) {
                ours[i] = (middle - start) / 1e6;
                theirs[i] = (System.nanoTime() - middle) / 1e6;
            }
        }
        double median = Figures.median(ours);
        Arrays.sort(ours);
        return new Latency(kind, median, ours[(int) (MEASURED * 0.99)], Figures.median(theirs));
    }

    /** The three kinds by turns, from clients that each wait for their answer before they ask again. */
    static Throughput throughput(TarnServer server, double cpuBefore, CpuReading cpu)
            throws BenchmarkException, IOException, InterruptedException {
        List<Callable<Integer>> clients = new ArrayList<>();
        for (int c = 0; c < CLIENTS; c++) {
            int number = c;
            TarnClient client = server.client();
            clients.add(() -> {
                for (int i = 0; i < EACH_CLIENT; i++) {
                    client.execute("tpch", KINDS.get(i % KINDS.size()).text(number * EACH_CLIENT + i));
                }
                return EACH_CLIENT;
            });
        }
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Integer> done : threads.invokeAll(clients)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new BenchmarkException("A client failed: " + e.getCause());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int all = CLIENTS * EACH_CLIENT;
        return new Throughput(all / seconds, (cpu.seconds() - cpuBefore) * 1000 / all);
    }

    interface CpuReading {
        double seconds() throws IOException;
    }
}
