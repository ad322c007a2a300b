package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.LimitedUser;
import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What the engine cannot interrupt, and what one user asks for in numbers, ends in time and harms nobody else. */
class StubbornStatementsTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LONG = "SELECT sum(a.range * b.range % 7) FROM range(200000) a, range(30000) b";

    private static String body(String sql, int timeoutMs) {
        return JSON.writeValueAsString(
                JSON.createObjectNode().put("statement", sql).put("timeout_ms", timeoutMs));
    }

    private record Timed(Reply reply, long millis) {}

    private static Timed timed(Callable<Reply> work) {
        long began = System.nanoTime();
        try {
            return new Timed(work.call(), (System.nanoTime() - began) / 1_000_000);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT list_sum(range(300000000))",
                "SELECT length(repeat('x', 1000000000))",
                "EXPLAIN SELECT list_sum(range(300000000))",
                "SELECT list_sum(list_transform(range(20000000), lambda x: x * 2))",
                "SELECT max(len(list_sort(list_reverse(range(40000000 + r.range))))) FROM range(3) r",
                "SELECT list_aggregate(range(200000000), 'approx_count_distinct')",
            })
    void endsInTimeAndHarmsNoOther(String statement) throws ExecutionException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Timed> other = threads.submit(() -> timed(
                    () -> SERVER.post("/v1/sql/execute", body("SELECT sum(range % 7) FROM range(400000000)", 60_000))));
            Timed stubborn = timed(() -> SERVER.post("/v1/sql/execute", body(statement, 1_000)));
            assertThat(stubborn.millis()).as(stubborn.reply().body()).isLessThan(2_000 + SLACK);
            assertThat(stubborn.reply().status()).as(stubborn.reply().body()).isIn(200, 400, 408);
            assertThat(other.get().reply().status())
                    .as(other.get().reply().body())
                    .isEqualTo(200);
        }
        assertThat(SERVER.post("/v1/sql/execute", body("SELECT 1", 20_000)).status())
                .isEqualTo(200);
    }

    /** This machine's tests share two cores with others. */
    private static final long SLACK = 1_000;

    @Test
    void isCancelledInTime() throws ExecutionException, InterruptedException {
        String id = UUID.randomUUID().toString();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> running = threads.submit(() -> SERVER.post(
                    "/tarn/v1/statements",
                    JSON.writeValueAsString(JSON.createObjectNode()
                            .put("id", id)
                            .put(
                                    "statement",
                                    "SELECT list_sum(list_transform(range(30000000), lambda x: x * 2 + 1))"))));
            dev.tarn.access.Eventually.holds(
                    () -> assertThat(SERVER.delete("/tarn/v1/statements/" + id).status())
                            .isEqualTo(204));
            Timed end = timed(running::get);
            assertThat(end.millis()).isLessThan(1_000 + SLACK);
            assertThat(end.reply().status()).as(end.reply().body()).isEqualTo(409);
        }
    }

    @Test
    void manyOfOneUserDelayNoOtherAndAreBounded() throws InterruptedException, ExecutionException {
        LimitedUser many = LimitedUser.of(SERVER);
        LimitedUser other = LimitedUser.of(SERVER);
        int cores = Runtime.getRuntime().availableProcessors();
        other.post("/v1/sql/execute", body("SELECT 1", 20_000));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> queued = new ArrayList<>();
            for (int i = 0; i < cores + 64; i++) {
                queued.add(threads.submit(() -> many.post("/v1/sql/execute", body(LONG, 12_000))));
            }
            Thread.sleep(2_500);
            Reply refused = many.post("/v1/sql/execute", body("SELECT 1", 12_000));
            assertThat(refused.status()).as(refused.body()).isEqualTo(429);
            List<Long> millis = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Timed one = timed(() -> other.post("/v1/sql/execute", body("SELECT 1", 12_000)));
                assertThat(one.reply().status()).as(one.reply().body()).isEqualTo(200);
                millis.add(one.millis());
            }
            System.out.println("SELECT 1 beside 64 that wait, ms: " + millis);
            assertThat(millis.stream().sorted().skip(2).findFirst().orElseThrow())
                    .as("the middle of %s", millis)
                    .isLessThan(1_000);
            for (Future<Reply> one : queued) {
                assertThat(one.get().status()).as(one.get().body()).isIn(200, 408);
            }
        }
    }
}
