package dev.tarn.bench;

import dev.tarn.bench.catalog.CatalogBenchmark;
import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.BenchmarkOptions;
import dev.tarn.bench.harness.Experiment;
import dev.tarn.bench.load.LoadBenchmark;
import dev.tarn.bench.search.SearchBenchmark;
import dev.tarn.bench.sql.SqlBenchmark;
import dev.tarn.bench.tpch.TpchBenchmark;
import dev.tarn.bench.upkeep.UpkeepBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs one benchmark by its name. A new one is a line in {@link #EXPERIMENTS}. */
public final class Benchmark {
    private static final Map<String, Experiment> EXPERIMENTS = new TreeMap<>(Map.of(
            "catalog",
            new CatalogBenchmark(),
            "load",
            new LoadBenchmark(),
            "search",
            new SearchBenchmark(),
            "sql",
            new SqlBenchmark(),
            "tpch",
            new TpchBenchmark(),
            "upkeep",
            new UpkeepBenchmark()));

    private Benchmark() {}

    /** The installation's folder is the property {@code tarn.root}. */
    public static void main(String[] arguments) {
        System.exit(run(
                Path.of(System.getProperty("tarn.root", ".")).toAbsolutePath().normalize(), List.of(arguments)));
    }

    private static int run(Path root, List<String> arguments) {
        Experiment experiment = arguments.isEmpty() ? null : EXPERIMENTS.get(arguments.getFirst());
        if (experiment == null) {
            System.err.println("usage: ./build bench NAME [--scale N] [--data DIR] [--rounds N], where NAME is one of "
                    + String.join(", ", EXPERIMENTS.keySet()));
            return 2;
        }
        try {
            experiment.run(BenchmarkOptions.parse(root, arguments.subList(1, arguments.size())));
            return 0;
        } catch (BenchmarkException e) {
            System.err.println(e.getMessage());
        } catch (IOException e) {
            System.err.println("The benchmark could not go on: " + e);
        } catch (InterruptedException e) {
            System.err.println("Interrupted.");
        }
        return 1;
    }
}
