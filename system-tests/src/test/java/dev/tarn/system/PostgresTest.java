package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL for metadata, and two servers on one database and warehouse. */
@Tag("conformance")
class PostgresTest {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // beforeAll sets it
    private static EmbeddedPostgres postgres;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @Test
    void loadsAndStatementsWorkAndSurviveAKill() throws SQLException {
        try (ServerUnderTest server = ServerUnderTest.start(setup("a", database()))) {
            Api api = server.api();
            api.loaded(Load.into("pg.t").of(Csv.of(0, 1_000)));
            api.loaded(Load.into("pg.t").mode("append").of(Csv.of(1_000, 2_000)));
            assertThat(api.load(Load.into("pg.t").of(Csv.of(0, 1))).status()).isEqualTo(409);
            assertThat(api.count("pg.t")).isEqualTo(2_000);
            assertThat(server.home().resolve("tarn.db")).doesNotExist();
            server.kill();

            server.startAgain();

            assertThat(server.api().count("pg.t")).isEqualTo(2_000);
            server.tables().assertNothingMissingAndNoOrphans();
        }
    }

    @Test
    void aDatabaseThatIsAwayIsToldAndMissedNoLongerThanItIs() throws Exception {
        Path data = folder.resolve("database");
        EmbeddedPostgres own = ownPostgres(data, 0);
        int port = own.getPort();
        try (ServerUnderTest server = ServerUnderTest.start(setup("a", own.getJdbcUrl("postgres", "postgres")))) {
            Api api = server.api();
            api.loaded(Load.into("pg.t").of(Csv.of(0, 100)));
            own.close();
            long begun = System.nanoTime();
            for (int i = 0; i < 2; i++) {
                Answer away = api.sql("SELECT count(*) FROM pg.t");
                assertThat(away.status()).as(away.toString()).isEqualTo(503);
                assertThat(away.json().at("/error/code").asString()).isEqualTo("database_unavailable");
            }
            // Two waits for a connection at most, each of ten seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(25));
            own = ownPostgres(data, port);
            Eventually.within(
                    Duration.ofSeconds(20),
                    "it serves again",
                    () -> api.sql("SELECT 1").status() == 200);
            assertThat(api.count("pg.t")).isEqualTo(100);
        } finally {
            own.close();
        }
    }

    private static EmbeddedPostgres ownPostgres(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @Test
    void writersThroughTwoServersLoseNothing() throws SQLException {
        String database = database();
        try (ServerUnderTest first = ServerUnderTest.start(setup("a", database));
                ServerUnderTest second = ServerUnderTest.startBeside(first, setup("b", database))) {
            first.api().loaded(Load.into("pg.shared").of(Csv.of(0, 10)));
            List<Api> servers = List.of(first.api(), second.api());

            List<List<Answer>> writers = new ArrayList<>();
            List<CompletableFuture<List<Answer>>> running = IntStream.range(0, 8)
                    .mapToObj(writer -> CompletableFuture.supplyAsync(
                            () -> appends(servers.get(writer % 2), writer), Thread::startVirtualThread))
                    .toList();
            running.forEach(writer -> writers.add(writer.join()));

            List<Answer> answers = writers.stream().flatMap(List::stream).toList();
            assertThat(answers).hasSize(40).allSatisfy(answer -> {
                assertThat(answer.status()).as(answer.toString()).isIn(200, 409, 429);
            });
            long acknowledged =
                    answers.stream().filter(answer -> answer.status() == 200).count();
            System.out.println("RESULT system_two_servers_appends_acknowledged " + acknowledged + " of_40");
            assertThat(acknowledged).isEqualTo(40);
            assertThat(first.api().count("pg.shared")).isEqualTo(10 + 100 * acknowledged);
            assertThat(second.api()
                            .sql("SELECT count(DISTINCT id) FROM pg.shared")
                            .value()
                            .asLong())
                    .isEqualTo(10 + 100 * acknowledged);
            first.tables().assertNothingMissingAndNoOrphans();
        }
    }

    @Test
    void whatOneServerDoesTheOtherKnowsAtOnce() throws SQLException {
        String database = database();
        try (ServerUnderTest first = ServerUnderTest.start(setup("a", database));
                ServerUnderTest second = ServerUnderTest.startBeside(first, setup("b", database))) {
            Load once = Load.into("pg.once").once("both").of(Csv.of(0, 10));
            Answer there = first.api().load(once);
            Answer here = second.api().load(once);
            assertThat(here.json()).isEqualTo(there.json());
            assertThat(second.api().count("pg.once")).isEqualTo(10);
            assertThat(second.api().load(Load.into("pg.once").of(Csv.of(0, 1))).status())
                    .isEqualTo(409);
            second.api().loaded(Load.into("pg.once").mode("replace").of("a\n1\n"));
            assertThat(first.api().count("pg.once")).isEqualTo(1);

            Answer key = first.api().post("/tarn/v1/keys", java.util.Map.of("name", "shared"));
            Api other = second.api().withKey(key.json().path("key").asString());
            assertThat(other.sql("SELECT 1").status()).isEqualTo(200);
            first.api().delete("/tarn/v1/keys/" + key.json().path("id").asString());
            assertThat(other.sql("SELECT 1").status()).isEqualTo(401);
        }
    }

    @Test
    void aStatementIsCancelledThroughTheOtherServer() throws SQLException {
        String database = database();
        try (ServerUnderTest first = ServerUnderTest.start(setup("a", database));
                ServerUnderTest second = ServerUnderTest.startBeside(first, setup("b", database))) {
            UUID id = UUID.randomUUID();
            CompletableFuture<Answer> running = CompletableFuture.supplyAsync(
                    () -> first.api().statement(id, "SELECT count(*) FROM range(1000000000000) a, range(1000000) b"));
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the other server finds the statement",
                    () -> second.api().delete("/tarn/v1/statements/" + id).status() == 204);
            assertThat(running.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                            .join()
                            .code())
                    .isEqualTo("statement_cancelled");
        }
    }

    /** The history, which tells the servers of each other's statements, knows no plans. */
    @Test
    void aPlanIsCancelledThroughTheOtherServer() throws SQLException {
        String database = database();
        try (ServerUnderTest first = ServerUnderTest.start(setup("a", database));
                ServerUnderTest second = ServerUnderTest.startBeside(first, setup("b", database))) {
            String id = UUID.randomUUID().toString();
            String constant = "SELECT levenshtein(repeat('a', 400000), repeat('b', 400000)) AS n";
            CompletableFuture<Answer> planning = CompletableFuture.supplyAsync(
                    () -> first.api().post("/tarn/v1/statements/explain", Map.of("id", id, "statement", constant)));
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the other server has the plan cancelled",
                    () -> second.api().delete("/tarn/v1/statements/" + id).status() == 204);
            assertThat(planning.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                            .join()
                            .code())
                    .isEqualTo("statement_cancelled");
        }
    }

    @Test
    void aKilledServersWritesAreCleanedByTheOtherAfterTheirLease() throws SQLException {
        String database = database();
        ServerSetup killed = setup("a", database).with("TARN_STORAGE_LEASE", "4s");
        ServerSetup living = setup("b", database).with("TARN_STORAGE_LEASE", "4s");
        try (ServerUnderTest first = ServerUnderTest.start(killed);
                ServerUnderTest second = ServerUnderTest.startBeside(first, living)) {
            Api other = second.api();
            other.loaded(Load.into("pg.kept").of(Csv.of(0, 10)));
            List<CompletableFuture<Integer>> cut = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> status(first.api(), i)))
                    .toList();
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the loads are under way",
                    () -> second.tables().openWrites().size() == 4);
            Eventually.pause(Duration.ofMillis(700));

            first.kill();

            long acknowledged = cut.stream().filter(load -> load.join() == 200).count();
            other.loaded(Load.into("pg.kept").mode("append").of(Csv.of(10, 20)));
            assertThat(other.count("pg.kept", "id < 20")).isEqualTo(20);
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the other server cleans up",
                    () -> second.tables().openWrites().isEmpty());
            assertThat(other.count("pg.kept")).isGreaterThanOrEqualTo(20 + 300_000 * acknowledged);
            assertThat((other.count("pg.kept") - 20) % 300_000).isZero();
            second.tables().assertNothingMissingAndNoOrphans();
        }
    }

    private static int status(Api api, int load) {
        long from = 1_000_000L * (load + 1);
        try {
            return api.load(Load.into("pg.kept").mode("append").of(Csv.of(from, from + 300_000)))
                    .status();
        } catch (java.io.UncheckedIOException e) {
            return 0;
        }
    }

    private static List<Answer> appends(Api api, int writer) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long from = 1_000L * (1 + writer * 5 + i);
            answers.add(api.load(Load.into("pg.shared").mode("append").of(Csv.of(from, from + 100))));
        }
        return answers;
    }

    private ServerSetup setup(String name, String database) {
        return ServerSetup.on(folder.resolve(name)).sharing(database, folder.resolve("warehouse"));
    }

    /** The URL of a new, empty database. */
    private static String database() throws SQLException {
        String name = "tarn_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
    }
}
