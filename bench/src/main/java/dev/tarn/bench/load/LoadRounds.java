package dev.tarn.bench.load;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.CpuTime;
import dev.tarn.bench.harness.DuckDbSide;
import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.TarnServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A file loaded by both sides, turn by turn; each time into a new table and a new file. */
final class LoadRounds {
    private static final long SETTLE_MS = 500;

    private final TarnServer server;
    private final DuckDbSide duckDb;
    private final CpuTime cpu;
    private final Path output;

    LoadRounds(TarnServer server, DuckDbSide duckDb, CpuTime cpu, Path output) {
        this.server = server;
        this.duckDb = duckDb;
        this.cpu = cpu;
        this.output = output;
    }

    /** Once without measuring, then the rounds. */
    LoadFigures run(LoadCase load, int rounds) throws BenchmarkException, IOException, InterruptedException {
        double[] ourCpu = new double[rounds];
        double[] theirCpu = new double[rounds];
        double[] ourWall = new double[rounds];
        double[] theirWall = new double[rounds];
        long rows = 0;
        for (int round = -1; round < rounds; round++) {
            String table = "iceberg.load." + load.name() + "_" + (round + 1);
            Spent ours = spent(server.pid(), () -> server.client().load(table, load.file()));
            Spent theirs = spent(duckDb.pid(), () -> copied(load));
            rows = ours.rows();
            if (theirs.rows() != rows) {
                throw new BenchmarkException(
                        load.name() + ": " + rows + " rows were loaded, and DuckDB wrote " + theirs.rows());
            }
            Figures.say(String.format(
                    Locale.ROOT,
                    "%s: ours %.2f s CPU, %.2f s; DuckDB %.2f s CPU, %.2f s%s",
                    load.name(),
                    ours.cpu(),
                    ours.wall(),
                    theirs.cpu(),
                    theirs.wall(),
                    round < 0 ? " (not counted)" : ""));
            if (round >= 0) {
                ourCpu[round] = ours.cpu();
                theirCpu[round] = theirs.cpu();
                ourWall[round] = ours.wall();
                theirWall[round] = theirs.wall();
            }
        }
        return new LoadFigures(
                load,
                rows,
                Figures.median(ourCpu),
                Figures.median(theirCpu),
                Figures.median(ourWall),
                Figures.median(theirWall));
    }

    private long copied(LoadCase load) throws BenchmarkException, IOException {
        Path parquet = output.resolve(load.name() + ".parquet");
        duckDb.setUp(load.copyTo(parquet));
        long rows = Long.parseLong(String.valueOf(duckDb.fetch("SELECT count(*) FROM '" + parquet + "'")
                .rows()
                .getFirst()
                .getFirst()));
        Files.delete(parquet);
        return rows;
    }

    private Spent spent(long pid, Work work) throws BenchmarkException, IOException, InterruptedException {
        double before = cpu.seconds(pid);
        long start = System.nanoTime();
        long rows = work.run();
        double wall = (System.nanoTime() - start) / 1e9;
        // Compilers and collectors finish what they are at.
        Thread.sleep(SETTLE_MS);
        return new Spent(rows, cpu.seconds(pid) - before, wall);
    }

    private interface Work {
        long run() throws BenchmarkException, IOException, InterruptedException;
    }

    private record Spent(long rows, double cpu, double wall) {}
}
