package dev.tarn.platform.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkerPoolTest {
    /** Runs for hours and hears interrupts. */
    private static final String LONG =
            "select count(*) from range(1000000000000) a, range(1000000) b where a.range = b.range + 7";

    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private WorkerPool pool;

    @BeforeEach
    void start() {
        pool = TestWorkers.start(folder);
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    private WorkerLease lease(Duration allowed) {
        return pool.lease(Deadline.in(CLOCK, allowed), new Cancellation());
    }

    private static Message.Reply run(WorkerLease lease, String sql) {
        Query query = new Query(sql, List.of(), List.of(), "iceberg", "default", 512L << 20, 2);
        return lease.call(id -> new Message.Run(id, query), part -> {});
    }

    @Test
    void aWorkerIsReusedByTheNextTask() {
        try (WorkerLease lease = lease(Duration.ofSeconds(20))) {
            assertThat(run(lease, "select 1")).isInstanceOf(Message.Done.class);
            assertThat(run(lease, "select 2")).isInstanceOf(Message.Done.class);
        }
        // The spare that was started for the next task, and this one's.
        dev.tarn.access.Eventually.holds(() -> assertThat(pool.workers().idle()).isEqualTo(2));
        long before = ProcessHandle.current().children().count();
        try (WorkerLease lease = lease(Duration.ofSeconds(20))) {
            assertThat(run(lease, "select 3")).isInstanceOf(Message.Done.class);
        }
        assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {LONG, "select list_sum(range(3::bigint * 100000000))", "select length(repeat('x', 1000000000))"})
    void theDeadlineEndsTheWorkEvenWhenTheEngineHearsNothing(String sql) {
        long start = System.nanoTime();
        try (WorkerLease lease = lease(Duration.ofSeconds(1))) {
            Message.Reply reply = run(lease, sql);
            // Fast machines may finish, and small limits may refuse: both are ends within the time.
            assertThat(reply).isInstanceOfAny(Message.Done.class, Message.Failed.class);
        } catch (TarnException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        try (WorkerLease lease = lease(Duration.ofSeconds(20))) {
            assertThat(run(lease, "select 1")).isInstanceOf(Message.Done.class);
        }
    }

    @Test
    void cancellingStopsTheWork() throws Exception {
        Cancellation cancellation = new Cancellation();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                WorkerLease lease = pool.lease(Deadline.in(CLOCK, Duration.ofMinutes(5)), cancellation)) {
            CompletableFuture<Void> started = new CompletableFuture<>();
            Future<Message.Reply> reply = threads.submit(() -> {
                started.complete(null);
                return run(lease, LONG);
            });
            started.get(5, TimeUnit.SECONDS);
            cancellation.request();
            assertThatThrownBy(() -> reply.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(TarnException.class)
                    .hasMessageContaining("cancelled");
        }
    }

    @Test
    void waitingForAPlaceEndsWithTheDeadlineAndWithCancelling() {
        try (WorkerLease first = lease(Duration.ofSeconds(20));
                WorkerLease second = lease(Duration.ofSeconds(20))) {
            assertThat(first).isNotSameAs(second);
            assertThatThrownBy(() -> lease(Duration.ofMillis(100)))
                    .isInstanceOfSatisfying(
                            TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
            Cancellation cancelled = new Cancellation();
            cancelled.request();
            assertThatThrownBy(() -> pool.lease(Deadline.in(CLOCK, Duration.ofSeconds(5)), cancelled))
                    .isInstanceOfSatisfying(
                            TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_CANCELLED));
        }
    }

    @Test
    void aKilledWorkerCostsItsOwnTaskAlone() {
        try (WorkerLease lease = lease(Duration.ofSeconds(20))) {
            assertThat(run(lease, "select 1")).isInstanceOf(Message.Done.class);
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            assertThatThrownBy(() -> run(lease, "select 1"))
                    .isInstanceOfSatisfying(
                            TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WORKER_LOST));
        }
        try (WorkerLease lease = lease(Duration.ofSeconds(20))) {
            assertThat(run(lease, "select 1")).isInstanceOf(Message.Done.class);
        }
    }

    @Test
    void memoryBeyondTheLimitIsAnErrorAndTheWorkerLivesOn() {
        try (WorkerLease lease = lease(Duration.ofSeconds(30))) {
            assertThat(run(lease, "select length(range(2000000000))"))
                    .isInstanceOfSatisfying(
                            Message.Failed.class,
                            failed -> assertThat(failed.failure())
                                    .as("%s", failed.failure())
                                    .extracting(Failure::kind)
                                    .isEqualTo(Failure.Kind.OUT_OF_MEMORY));
            assertThat(run(lease, "select 1")).isInstanceOf(Message.Done.class);
        }
    }
}
