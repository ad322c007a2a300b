package dev.tarn.bench.catalog;

import dev.tarn.bench.catalog.CatalogSide.MadeTable;
import dev.tarn.bench.harness.BenchmarkException;
import dev.tarn.bench.harness.CpuTime;
import dev.tarn.bench.harness.Figures;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import tools.jackson.databind.json.JsonMapper;

/** All that is measured of one server. */
final class CatalogRun {
    static final int TABLES = 50_000;
    static final int PAGE = 1_000;
    static final int SNAPSHOTS = 10_000;
    static final int A_SECOND = 500;
    static final int SECONDS = 20;
    private static final int SOME_SNAPSHOTS = 20;
    private static final int BEFORE = 2_000;
    private static final int MEASURED = 2_000;

    private final CatalogSide side;
    private final CpuTime cpu;
    private final Path database;

    /** @param database of the server, laid out as Iceberg's JDBC catalog does */
    CatalogRun(CatalogSide side, CpuTime cpu, Path database) {
        this.side = side;
        this.cpu = cpu;
        this.database = database;
    }

    /**
     * What came out.
     *
     * @param loadCpu milliseconds of the server's CPU for each call under load
     */
    record Measured(
            Latency load,
            Latency notModified,
            Latency commit,
            Latency largeLoad,
            Latency largeCommit,
            Latency firstPage,
            Latency lastPage,
            Latency steady,
            double loadCpu) {}

    Measured run() throws BenchmarkException, IOException, InterruptedException {
        side.makeNamespace("bench");
        MadeTable table = side.makeTable("bench", "plain");
        side.send(side.posting(table.path(), table.snapshots(1, SOME_SNAPSHOTS + 1)), 200);
        String tag = side.get(table.path()).headers().firstValue("ETag").orElseThrow();
        HttpRequest plain = side.request(table.path()).GET().build();
        HttpRequest known =
                side.request(table.path()).header("If-None-Match", tag).GET().build();
        HttpRequest exists = side.request(table.path())
                .method("HEAD", BodyPublishers.noBody())
                .build();
        HttpRequest list =
                side.request("/namespaces/bench/tables?pageSize=50").GET().build();
        Latency load = Latency.of(BEFORE, MEASURED, number -> side.send(plain, 200));
        Latency notModified = Latency.of(BEFORE, MEASURED, number -> side.send(known, 304));
        double before = cpu.seconds(side.pid());
        Latency steady = new SteadyLoad(A_SECOND, SECONDS).run(number -> {
            switch (number % 10) {
                case 0, 1 -> side.send(known, 304);
                case 2 -> side.send(exists, 204);
                case 3 -> side.send(list, 200);
                default -> side.send(plain, 200);
            }
        });
        double loadCpu = (cpu.seconds(side.pid()) - before) * 1_000 / (A_SECOND * SECONDS);
        Figures.say(side.name() + ": calls are measured; now commits");
        Latency commit = commits(table, SOME_SNAPSHOTS + 1, 100, 200);
        MadeTable large = side.makeTable("bench", "large");
        for (int from = 1; from < SNAPSHOTS; from += 1_000) {
            side.send(side.posting(large.path(), large.snapshots(from, from + 1_000)), 200);
        }
        HttpRequest whole = side.request(large.path()).GET().build();
        Latency largeLoad = Latency.of(20, 50, number -> side.send(whole, 200));
        Latency largeCommit = commits(large, SNAPSHOTS + 1, 30, 50);
        fill();
        String last = lastPage();
        return new Measured(
                load,
                notModified,
                commit,
                largeLoad,
                largeCommit,
                Latency.of(20, 50, number -> side.get(page("")).body()),
                Latency.of(20, 50, number -> side.get(page(last)).body()),
                steady,
                loadCpu);
    }

    private Latency commits(MadeTable table, int from, int before, int measured)
            throws BenchmarkException, IOException, InterruptedException {
        return Latency.of(
                before,
                measured,
                number ->
                        side.send(side.posting(table.path(), table.snapshots(from + number, from + number + 1)), 200));
    }

    private static String page(String token) {
        return "/namespaces/many/tables?pageSize=" + PAGE + "&pageToken=" + token;
    }

    /** Rows of tables that have the metadata of one: making them one by one would take as long as all the rest. */
    private void fill() throws BenchmarkException, IOException, InterruptedException {
        side.makeNamespace("many");
        side.makeTable("many", "table_00000");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database + "?busy_timeout=60000");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location, iceberg_type)
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
                    SELECT catalog_name, table_namespace, printf('table_%%05d', n), metadata_location, iceberg_type
                    FROM iceberg_tables, numbers WHERE table_namespace = 'many'""".formatted(TABLES - 1));
        } catch (SQLException e) {
            throw new BenchmarkException("The tables cannot be added to " + database + ": " + e.getMessage());
        }
    }

    private String lastPage() throws BenchmarkException, IOException, InterruptedException {
        String token = "";
        int tables = 0;
        while (true) {
            var page = JsonMapper.shared().readTree(side.get(page(token)).body());
            tables += page.path("identifiers").size();
            String next = page.path("next-page-token").asString("");
            if (next.isEmpty()) {
                if (tables != TABLES) {
                    throw new BenchmarkException(side.name() + " lists " + tables + " tables of " + TABLES);
                }
                return token;
            }
            token = next;
        }
    }
}
