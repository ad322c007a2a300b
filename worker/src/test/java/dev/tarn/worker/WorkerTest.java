package dev.tarn.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.TableSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests that talk to one real worker process; it must still answer after the last of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WorkerTest {
    static final long MEMORY = 512L << 20;
    private static final AtomicLong IDS = new AtomicLong();

    Path folder;
    WorkerProcess worker;

    @BeforeAll
    void startWorker(@TempDir Path temporary) throws IOException {
        folder = temporary;
        worker = WorkerProcess.start(folder);
    }

    @AfterAll
    void endWorker() throws IOException {
        try (WorkerProcess ending = worker) {
            assertThat(ending.ask(new Message.Parse(nextId(), "SELECT 1"))).isInstanceOf(Message.Parsed.class);
        }
    }

    static long nextId() {
        return IDS.incrementAndGet();
    }

    static Query query(String sql, TableSource... tables) {
        return new Query(sql, List.of(), List.of(tables), "iceberg", "shop", MEMORY, 2);
    }

    Results results(String sql, TableSource... tables) throws IOException {
        worker.send(new Message.Run(nextId(), query(sql, tables)));
        return Results.of(worker.conversation());
    }

    List<List<String>> rows(String sql, TableSource... tables) throws IOException {
        return results(sql, tables).rows();
    }

    Failure failure(String sql, TableSource... tables) throws IOException {
        return failureOf(new Message.Run(nextId(), query(sql, tables)));
    }

    Failure failureOf(Message request) throws IOException {
        Message last = worker.ask(request);
        assertThat(last).isInstanceOf(Message.Failed.class);
        return ((Message.Failed) last).failure();
    }

    /** Runs SQL in a DuckDB of the test's own, to make files and to look into them. */
    static void duckdb(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
