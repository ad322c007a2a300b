package dev.tarn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers at the same time, in one server and in two, lose nothing and leave nothing. */
abstract class ConcurrentWritesContract {
    private static final String ORDERS = "iceberg.shop.orders";
    private static final int WRITERS = 8;
    private static final int APPENDS = 10;

    @TempDir
    Path folder;

    private World world;

    abstract Database open(Path home);

    @BeforeEach
    void open() {
        world = new World(open(folder), folder);
    }

    @AfterEach
    void nothingIsLeftOver() {
        assertThat(world.intents()).isZero();
        assertThat(world.files()).isEqualTo(world.knownFiles(world.server()));
        world.close();
    }

    private static <T> List<T> together(List<Callable<T>> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        }
    }

    private void appendTogether(List<World.Server> servers) throws Exception {
        World.Server first = servers.getFirst();
        world.write(first, ORDERS, WriteMode.CREATE);
        long start = System.nanoTime();
        together(IntStream.range(0, WRITERS)
                .<Callable<Boolean>>mapToObj(writer -> () -> {
                    World.Server server = servers.get(writer % servers.size());
                    for (long append = 0; append < APPENDS; append++) {
                        world.write(server, ORDERS, WriteMode.APPEND, writer * 1000L + append);
                    }
                    return true;
                })
                .toList());
        System.out.printf(
                "%d writers x %d appends on %d servers: %d ms%n",
                WRITERS, APPENDS, servers.size(), (System.nanoTime() - start) / 1_000_000);

        List<Object> expected = IntStream.range(0, WRITERS)
                .boxed()
                .flatMap(writer -> LongStream.range(0, APPENDS).mapToObj(append -> (Object) (writer * 1000L + append)))
                .sorted()
                .toList();
        assertThat(world.rows(first, ORDERS)).isEqualTo(expected);
        assertThat(first.tables().describe(world.admin, TableName.parse(ORDERS)).rowCount())
                .hasValue(expected.size());
        assertThat(first.tables()
                        .read(world.admin, TableName.parse(ORDERS))
                        .table()
                        .snapshots())
                .hasSize(WRITERS * APPENDS + 1);
    }

    @Test
    void appendsInOneServerLoseNothing() throws Exception {
        appendTogether(List.of(world.server()));
    }

    @Test
    void appendsInTwoServersLoseNothing() throws Exception {
        appendTogether(List.of(world.server(), world.server()));
    }

    @Test
    void oneOfManyCreatesWins() throws Exception {
        List<World.Server> servers = List.of(world.server(), world.server());
        List<Boolean> won = together(IntStream.range(0, WRITERS)
                .<Callable<Boolean>>mapToObj(writer -> () -> {
                    try {
                        world.write(servers.get(writer % 2), ORDERS, WriteMode.CREATE, (long) writer);
                        return true;
                    } catch (TarnException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
                        return false;
                    }
                })
                .toList());

        assertThat(won).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(world.rows(servers.getFirst(), ORDERS)).containsExactly((long) won.indexOf(true));
    }

    @Test
    void appendsAndReplacesAreOneAfterTheOther() throws Exception {
        List<World.Server> servers = List.of(world.server(), world.server());
        world.write(servers.getFirst(), ORDERS, WriteMode.CREATE, 0L);
        together(IntStream.range(1, 13)
                .<Callable<Boolean>>mapToObj(writer -> () -> {
                    WriteMode mode = writer % 3 == 0 ? WriteMode.REPLACE : WriteMode.APPEND;
                    world.write(servers.get(writer % 2), ORDERS, mode, (long) writer);
                    return true;
                })
                .toList());

        List<Object> rows = world.rows(servers.getFirst(), ORDERS);
        assertThat(rows).doesNotContain(0L).doesNotHaveDuplicates();
        assertThat(rows).filteredOn(row -> (Long) row % 3 == 0).hasSize(1);
        assertThat(servers.getFirst()
                        .tables()
                        .read(world.admin, TableName.parse(ORDERS))
                        .table()
                        .snapshots())
                .hasSize(13);
    }

    @Test
    void aServerThatDiedIsCleanedByTheOtherOneAfterItsLeaseAndNotBefore() {
        World.Server dying = world.server(dev.tarn.storage.Faults.at(12, dev.tarn.storage.Faults.Kind.DIE_BEFORE));
        World.Server other = world.server();
        try {
            world.write(dying, ORDERS, WriteMode.CREATE, 1L);
        } catch (RuntimeException e) {
            assertThat(dying.faults().dead()).isTrue();
        }
        assertThat(world.files()).isNotEmpty();
        assertThat(other.storage().intents().recover(dev.tarn.platform.database.DatabaseKind.POSTGRESQL))
                .isZero();
        assertThat(world.files()).isNotEmpty();

        world.access.clock().advance(dev.tarn.storage.WriteIntents.LEASE.plusSeconds(1));

        assertThat(other.storage().intents().sweep()).isOne();
        assertThat(world.files()).isEmpty();
    }
}
