package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that ask for too much. */
@ExtendWith(SharedServer.class)
class StatementLimitsTest {
    /** Endless work on little memory: the right side of a cross join is held, so it is the short one. */
    private static final String ENDLESS = "SELECT count(*) FROM range(1000000000000) a CROSS JOIN range(1000) b";

    private final Api api;

    StatementLimitsTest(ServerUnderTest server) {
        this.api = server.api();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENDLESS,
                "EXPLAIN SELECT count(*) FROM range(1000000000000) a CROSS JOIN range(1000000000000) b",
                "SELECT count(*) FROM range(CAST(1e12 AS BIGINT)) a, range(CAST(1e12 AS BIGINT)) b WHERE a.range > b.range",
                "SELECT list_sum(list_transform(range(100000000), x -> x * 2 + length(repeat('a', 100))))"
            })
    void aTimeoutEndsTheWork(String statement) {
        long began = System.nanoTime();

        Answer answer = api.sql(statement, Duration.ofSeconds(1));

        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (answer.status() != 200 && answer.status() != 400) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(408);
            assertThat(answer.code()).isEqualTo("timeout");
        } else {
            // Cheap to explain, or too much memory: an answer too.
            assertThat(statement).as(answer.toString()).isNotEqualTo(ENDLESS);
        }
        assertThat(took).isLessThan(Duration.ofSeconds(2));
        assertThat(api.sql("SELECT 1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT length(range(2000000000))", "SELECT length(list(range)) FROM range(3000000000)"})
    void memoryHasALimit(String statement) {
        Answer answer = api.sql(statement);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("resource_exceeded");
        assertThat(api.sql("SELECT 1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(SELECT ", "[", "abs(", "-(", "CASE WHEN true THEN ("})
    void nestingHasALimit(String opening) {
        String closing = opening.startsWith("[") ? "]" : opening.startsWith("CASE") ? ") END" : ")";

        Answer answer = api.sql("SELECT " + opening.repeat(3_000) + "1" + closing.repeat(3_000));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.message().length()).isLessThan(500);
        assertThat(api.sql("SELECT 1").status()).isEqualTo(200);
    }

    @Test
    void aResultThatIsTooLargeIsToldWhatToDo() {
        Answer answer = api.sql("SELECT range AS n, 'row ' || range AS name FROM range(50000000)");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("result_too_large");
        assertThat(answer.message()).contains("LIMIT").contains("filter");
        assertThat(api.sql("SELECT 1").status()).isEqualTo(200);
    }

    @Test
    void ofManyStatementsAtOnceEachIsAnsweredOrRefused() {
        List<Answer> answers = Api.atOnce(IntStream.range(0, 200)
                .<Callable<Answer>>mapToObj(
                        i -> () -> api.sql("SELECT sum(range) + " + i + " AS n FROM range(20000000)"))
                .toList());

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isIn(200, 429);
            if (answer.status() == 429) {
                assertThat(answer.code()).isEqualTo("overloaded");
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
        });
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSizeGreaterThan(30);
        assertThat(api.sql("SELECT 1").status()).isEqualTo(200);
    }

    @Test
    void aRunningStatementIsCancelledByItsId() {
        UUID id = UUID.randomUUID();
        CompletableFuture<Answer> running = CompletableFuture.supplyAsync(() -> api.statement(id, ENDLESS));
        Eventually.within(
                Duration.ofSeconds(5),
                "the statement is found",
                () -> api.delete("/tarn/v1/statements/" + id).status() == 204);

        Answer answer =
                running.orTimeout(3, java.util.concurrent.TimeUnit.SECONDS).join();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("statement_cancelled");
        assertThat(api.delete("/tarn/v1/statements/" + id).status()).isEqualTo(404);
    }

    @Test
    void aStatementThatWaitsIsCancelledToo() {
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(8).toList();
        CompletableFuture<List<Answer>> running = CompletableFuture.supplyAsync(() -> Api.atOnce(ids.stream()
                .<Callable<Answer>>map(id -> () -> api.statement(id, ENDLESS))
                .toList()));
        for (UUID id : ids.reversed()) {
            Eventually.within(
                    Duration.ofSeconds(5),
                    "the statement is found",
                    () -> api.delete("/tarn/v1/statements/" + id).status() == 204);
        }

        assertThat(running.join())
                .allSatisfy(answer ->
                        assertThat(answer.code()).as(answer.toString()).isEqualTo("statement_cancelled"));
    }

    @Test
    void aTextThatIsTooLongIsRefused() {
        Answer answer = api.sql("SELECT '" + "x".repeat(1_100_000) + "'");

        assertThat(answer.status()).as(answer.toString()).isIn(400, 413);
        assertThat(answer.message().length()).isLessThan(500);
    }
}
