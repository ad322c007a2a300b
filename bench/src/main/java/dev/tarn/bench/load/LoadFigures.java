package dev.tarn.bench.load;

import dev.tarn.bench.harness.Figures;

/** What one case took on both sides: CPU and wall seconds, the medians of the rounds. */
record LoadFigures(LoadCase of, long rows, double ourCpu, double theirCpu, double ourWall, double theirWall) {
    double cpuRatio() {
        return ourCpu / theirCpu;
    }

    void print() {
        Figures.result("load_" + of.name() + "_tarn_cpu_seconds", ourCpu, "s");
        Figures.result("load_" + of.name() + "_duckdb_cpu_seconds", theirCpu, "s");
        Figures.result("load_" + of.name() + "_duckdb_wall_ratio", ourWall / theirWall, "x");
        Figures.result("load_" + of.name() + "_duckdb_cpu_ratio", cpuRatio(), "x");
    }
}
