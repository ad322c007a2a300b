package dev.tarn.bench.tpch;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.CpuTime;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.Folders;
import dev.tarn.bench.harness.TarnServer;
import dev.tarn.bench.harness.TpchData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The eight tables in the server.
 *
 * @param files the data files of each table
 * @param seconds wall time of the loads together
 * @param cpuSeconds of server and workers
 */
record TpchLoad(Map<String, List<Path>> files, long rows, long csvBytes, double seconds, double cpuSeconds) {

    /** One after the other: the files that appear meanwhile are a table's own, wherever the server puts them. */
    static TpchLoad into(TarnServer server, List<TpchData.Table> tables, CpuTime cpu)
            throws BenchmarkException, IOException, InterruptedException {
        Map<String, List<Path>> files = new TreeMap<>();
        long rows = 0;
        long csvBytes = 0;
        double seconds = 0;
        double cpuBefore = cpu.seconds(server.pid());
        for (TpchData.Table table : tables) {
            List<Path> before = Folders.files(server.home(), ".parquet");
            long start = System.nanoTime();
            rows += server.client().load("iceberg." + TarnSide.SCHEMA + "." + table.name(), table.file());
            double took = (System.nanoTime() - start) / 1e9;
            List<Path> made = new ArrayList<>(Folders.files(server.home(), ".parquet"));
            made.removeAll(before);
            if (made.isEmpty()) {
                throw new BenchmarkException(
                        "The load of " + table.name() + " left no Parquet file in " + server.home());
            }
            files.put(table.name(), made);
            csvBytes += Files.size(table.file());
            seconds += took;
            Figures.say(String.format(Locale.ROOT, "Loaded %s in %.1f s (%d files)", table.name(), took, made.size()));
        }
        return new TpchLoad(files, rows, csvBytes, seconds, cpu.seconds(server.pid()) - cpuBefore);
    }

    long parquetBytes() throws IOException {
        long bytes = 0;
        for (List<Path> ofTable : files.values()) {
            for (Path file : ofTable) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
