package dev.tarn.bench.search;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.BenchmarkOptions;
import dev.tarn.bench.harness.Experiment;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.Folders;
import dev.tarn.bench.harness.Machine;
import dev.tarn.bench.harness.Report;
import dev.tarn.bench.harness.TarnClient;
import dev.tarn.bench.harness.TarnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code ./build bench search}. It has no peer: what matters is whether somebody who types waits. */
public final class SearchBenchmark implements Experiment {
    private static final int TABLES = 2_000;
    private static final int COLUMNS = 20;
    private static final int NAMESPACES = 20;
    private static final int SEARCHES_A_ROUND = 50;

    /** A word, and what it is in the report. */
    private record Sought(String name, String what, String words) {}

    private static final List<Sought> SOUGHT = List.of(
            new Sought("one_table", "the name of one table", "orders_1234"),
            new Sought("every_column", "a word in a column of every table", "amount"),
            new Sought("two_words", "two words that meet in few names", "orders 77"),
            new Sought("nothing", "a word that is nowhere", "zebra"));

    private record Measured(Sought sought, int hits, double medianMs, double p95Ms) {}

    @Override
    public void run(BenchmarkOptions options) throws BenchmarkException, IOException, InterruptedException {
        Path home = options.root().resolve("bench/target/search-home");
        String load = Machine.load();
        double first;
        List<Measured> measured = new ArrayList<>();
        try (TarnServer server = TarnServer.start(options.root(), home, Map.of())) {
            fill(server.client(), csv(options.root().resolve("bench/target")));
        }
        // The first search after a start reads the tables' metadata.
        try (TarnServer server = TarnServer.startAgain(options.root(), home, Map.of())) {
            TarnClient client = server.client();
            first = milliseconds(client, SOUGHT.getFirst());
            for (Sought sought : SOUGHT) {
                measured.add(measure(client, sought, options.rounds() * SEARCHES_A_ROUND));
            }
        }
        publish(options, first, measured, load);
        Folders.delete(home);
    }

    private static Path csv(Path folder) throws IOException {
        StringBuilder header = new StringBuilder("amount");
        StringBuilder row = new StringBuilder("1.50");
        for (int column = 1; column < COLUMNS; column++) {
            header.append(",column_").append(column);
            row.append(',').append(column);
        }
        return Files.writeString(folder.resolve("search.csv"), header + "\n" + row + "\n");
    }

    private static void fill(TarnClient client, Path csv) throws BenchmarkException, IOException, InterruptedException {
        for (int table = 0; table < TABLES; table++) {
            client.load("iceberg.area_%d.orders_%d".formatted(table % NAMESPACES, table), csv);
            if ((table + 1) % 200 == 0) {
                Figures.say((table + 1) + " tables");
            }
        }
    }

    private static double milliseconds(TarnClient client, Sought sought)
            throws BenchmarkException, IOException, InterruptedException {
        long start = System.nanoTime();
        client.search(sought.words());
        return (System.nanoTime() - start) / 1e6;
    }

    private static Measured measure(TarnClient client, Sought sought, int times)
            throws BenchmarkException, IOException, InterruptedException {
        int hits = client.search(sought.words());
        double[] took = new double[times];
        for (int search = -SEARCHES_A_ROUND; search < times; search++) {
            double milliseconds = milliseconds(client, sought);
            if (search >= 0) {
                took[search] = milliseconds;
            }
        }
        Arrays.sort(took);
        return new Measured(sought, hits, Figures.median(took), took[(int) (took.length * 0.95)]);
    }

    private static void publish(BenchmarkOptions options, double first, List<Measured> measured, String load)
            throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                ## Search over %,d tables

                Machine: %s; load average %s before and %s after.

                Versions: Tarn %s on %s.

                Method (`./build bench search`): %,d tables of %d columns in %d namespaces of one tenant, on SQLite. After a restart one
                client asks `GET /tarn/v1/search` again and again: %d times without measuring, then %d times; the answer is read to its
                end. There is no peer. The first search after the start, which reads every table's metadata file, took %,.0f ms.

                | Sought | Hits told | Median ms | 95 %% within ms |
                |---|---:|---:|---:|
                """,
                TABLES,
                Machine.description(),
                load,
                Machine.load(),
                System.getProperty("tarn.commit", "of unknown commit"),
                LocalDate.now(ZoneOffset.UTC),
                TABLES,
                COLUMNS,
                NAMESPACES,
                SEARCHES_A_ROUND,
                options.rounds() * SEARCHES_A_ROUND,
                first));
        for (Measured each : measured) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f |%n",
                    each.sought().what(),
                    each.hits(),
                    each.medianMs(),
                    each.p95Ms()));
        }
        new Report(options.root()).write("search", text.toString());
        Figures.result("search_2000_tables_first_ms", first, "ms");
        for (Measured each : measured) {
            Figures.result("search_2000_tables_" + each.sought().name() + "_ms", each.medianMs(), "ms");
        }
    }
}
