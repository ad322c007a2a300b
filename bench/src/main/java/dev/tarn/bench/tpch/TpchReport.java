package dev.tarn.bench.tpch;

import dev.tarn.bench.harness.Figures;
import dev.tarn.bench.harness.Machine;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What was measured, for people and for machines. */
record TpchReport(
        String scale,
        int rounds,
        int threads,
        long memoryBytes,
        String versions,
        String load,
        List<TpchQuery> queries,
        TpchLoad loading,
        Measurements ours,
        Measurements theirs) {
    String section() {
        return "tpch_sf" + scale;
    }

    /** The last line is the ratio that others quote. */
    void print() {
        String name = section();
        Figures.result(name + "_load_seconds", loading.seconds(), "s");
        Figures.result(name + "_load_cpu_seconds", loading.cpuSeconds(), "s");
        Figures.result(name + "_tarn_wall_seconds", ours.wallMsOfRound() / 1_000, "s");
        Figures.result(name + "_duckdb_wall_seconds", theirs.wallMsOfRound() / 1_000, "s");
        Figures.result(name + "_duckdb_wall_ratio", ours.wallMsOfRound() / theirs.wallMsOfRound(), "x");
        Figures.result(name + "_tarn_cpu_seconds", ours.cpuSecondsOfRound(), "s");
        Figures.result(name + "_duckdb_cpu_seconds", theirs.cpuSecondsOfRound(), "s");
        Figures.result(name + "_duckdb_cpu_ratio", ours.cpuSecondsOfRound() / theirs.cpuSecondsOfRound(), "x");
    }

    String markdown() throws IOException {
        StringBuilder text =
                new StringBuilder("## TPC-H, scale factor ").append(scale).append("\n\n");
        text.append("Machine: ")
                .append(Machine.description())
                .append("; load average ")
                .append(load)
                .append(".\n\n");
        text.append("Versions: ").append(versions).append(".\n");
        text.append(method()).append('\n');
        text.append(String.format(
                Locale.ROOT,
                "Load: %,d rows, %.1f MB of CSV into %.1f MB of Parquet in %.1f s, with %.1f s of CPU.%n%n",
                loading.rows(),
                loading.csvBytes() / 1e6,
                loading.parquetBytes() / 1e6,
                loading.seconds(),
                loading.cpuSeconds()));
        text.append("| Query | Tarn CPU s | DuckDB CPU s | CPU ratio | Tarn wall ms | DuckDB wall ms | Wall ratio |\n");
        text.append("|---|---:|---:|---:|---:|---:|---:|\n");
        for (int i = 0; i < queries.size(); i++) {
            row(
                    text,
                    queries.get(i).name(),
                    ours.cpuSeconds(i),
                    theirs.cpuSeconds(i),
                    ours.wallMs(i),
                    theirs.wallMs(i));
        }
        row(
                text,
                "**total**",
                ours.cpuSecondsOfRound(),
                theirs.cpuSecondsOfRound(),
                ours.wallMsOfRound(),
                theirs.wallMsOfRound());
        return text.toString();
    }

    private String method() {
        return String.format(Locale.ROOT, """

            Method: the generator's CSV files are loaded through `POST /tarn/v1/loads`. Each of the 22 queries (validation parameters)
            runs through `POST /v1/sql/execute` until the last byte of the JSON answer is here, then in DuckDB over JDBC, in a process of
            its own, with views over the very Parquet files that the server wrote, until every value is fetched; nothing is serialised
            there. The two take turns, query by query. First once without measuring, when the results are compared: columns, row counts
            and values, floating point to 1e-9, in the order of ORDER BY. Then %d rounds; each figure is their median, a total the median
            of the rounds' sums. CPU is user and system time of the server and all its workers, ended ones included, and of the peer's
            process; a query is charged with all that its side does until its next query begins. Both have %d threads and a memory
            limit of %d MiB. CPU is counted in steps of 10 ms: ratios of small figures are rough.
            """, rounds, threads, memoryBytes >> 20);
    }

    private static void row(
            StringBuilder text, String name, double ourCpu, double theirCpu, double ourWall, double theirWall) {
        text.append(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %s | %.0f | %.0f | %s |\n",
                name,
                ourCpu,
                theirCpu,
                ratio(ourCpu, theirCpu),
                ourWall,
                theirWall,
                ratio(ourWall, theirWall)));
    }

    /** Below a clock tick there is nothing to divide by. */
    private static String ratio(double ours, double theirs) {
        return theirs < 0.005 ? "-" : String.format(Locale.ROOT, "%.2f", ours / theirs);
    }
}
