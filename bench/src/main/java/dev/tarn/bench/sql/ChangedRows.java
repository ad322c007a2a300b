package dev.tarn.bench.sql;

import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.DuckDbSide;
import dev.tarn.bench.harness.SparkSide;
import dev.tarn.bench.harness.TarnClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of 1 % of the rows of a table. Ours, Spark's (by Iceberg too) and the plain engine's own table have the same rows; after
 * each change their sums must be equal.
 */
final class ChangedRows {
    private static final String ROWS = "SELECT CAST(%1$s AS BIGINT) AS id, CAST(%1$s %% 1000 AS INT) AS customer,"
            + " CAST(%1$s * 1.25 AS DECIMAL(18,2)) AS amount, concat('order ', CAST(%1$s AS STRING)) AS note FROM ";
    private static final String SUMS = "SELECT count(*), sum(id), sum(amount) FROM ";
    private static final String MERGE =
            "MERGE INTO %1$s t USING (SELECT * FROM %2$s) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET amount = s.amount"
                    + " WHEN NOT MATCHED THEN INSERT (id, customer, amount, note) VALUES (s.id, s.customer, s.amount, s.note)";
    private static final String DELETE = "DELETE FROM %1$s WHERE id %% 100 = 7";

    /** CPU seconds and wall seconds. */
    record Cost(double cpu, double wall) {}

    record Change(String name, String what, Cost tarn, Cost spark, Cost duckDb) {}

    private final TarnClient tarn;
    private final SmallStatements.CpuReading tarnCpu;
    private final SparkSide spark;
    private final DuckDbSide duckDb;
    private final long rows;

    ChangedRows(TarnClient tarn, SmallStatements.CpuReading tarnCpu, SparkSide spark, DuckDbSide duckDb, long rows) {
        this.tarn = tarn;
        this.tarnCpu = tarnCpu;
        this.spark = spark;
        this.duckDb = duckDb;
        this.rows = rows;
    }

    private interface Work {
        void run() throws BenchmarkException, IOException, InterruptedException;
    }

    private static Cost cost(SmallStatements.CpuReading cpu, Work work)
            throws BenchmarkException, IOException, InterruptedException {
        double before = cpu.seconds();
        long start = System.nanoTime();
        work.run();
        return new Cost(cpu.seconds() - before, (System.nanoTime() - start) / 1e9);
    }

    /** @param mode copy-on-write or merge-on-read */
    List<Change> run(String mode) throws BenchmarkException, IOException, InterruptedException {
        String properties = "TBLPROPERTIES ('format-version'='3', 'write.merge.mode'='" + mode
                + "', 'write.delete.mode'='" + mode + "', 'write.update.mode'='" + mode + "')";
        String ours = "bench.changed_" + mode.replace('-', '_');
        String theirs = ours + "_spark";
        tarn.execute(
                "bench",
                "CREATE TABLE " + ours + " " + properties + " AS " + ROWS.formatted("i") + "range(" + rows + ") r(i)");
        tarn.execute("bench", "CREATE OR REPLACE TABLE bench.source AS " + source("range(" + rows / 100 + ") r(i)"));
        spark.run("CREATE TABLE " + theirs + " USING iceberg " + properties + " AS SELECT * FROM " + ours);
        duckDb.setUp("CREATE OR REPLACE TABLE plain AS " + ROWS.formatted("i") + "range(" + rows + ") r(i)");
        duckDb.setUp("CREATE OR REPLACE TABLE source AS " + source("range(" + rows / 100 + ") r(i)"));
        List<Change> changes = new ArrayList<>();
        changes.add(change("merge", "MERGE of 1 %, half of it new, " + mode, MERGE, ours, theirs));
        changes.add(change("delete", "DELETE of 1 %, all over the table, " + mode, DELETE, ours, theirs));
        return changes;
    }

    /** 1 % of the rows: every 200th id, of which the second half is new. */
    private static String source(String range) {
        return "SELECT CAST(i * 200 AS BIGINT) AS id, CAST(i AS INT) AS customer, CAST(i AS DECIMAL(18,2)) AS amount,"
                + " 'changed' AS note FROM " + range;
    }

    private Change change(String name, String what, String sql, String ours, String theirs)
            throws BenchmarkException, IOException, InterruptedException {
        Cost tarnCost = cost(tarnCpu, () -> tarn.execute("bench", sql.formatted(ours, "bench.source")));
        Cost sparkCost = cost(spark::cpuSeconds, () -> spark.run(sql.formatted(theirs, "bench.source")));
        Cost duckDbCost = cost(duckDb::cpuSeconds, () -> duckDb.setUp(sql.formatted("plain", "source")));
        List<String> sums = List.of(
                TarnClient.rows(tarn.execute("bench", SUMS + ours)).rows().toString(),
                TarnClient.rows(tarn.execute("bench", SUMS + theirs)).rows().toString(),
                duckDb.fetch(SUMS + "plain").rows().toString());
        if (sums.stream().distinct().count() != 1) {
            throw new BenchmarkException("After " + what + " the tables differ: " + sums);
        }
        return new Change(name, what, tarnCost, sparkCost, duckDbCost);
    }
}
