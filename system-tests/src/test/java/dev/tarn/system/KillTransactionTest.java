package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the server while Iceberg's client commits to three tables at once. Afterwards all of them have their snapshots or none
 * has, all if the client was told so; the same request again, by a client that saw no answer, makes it all, once.
 */
class KillTransactionTest {
    private static final int FEW = 2;
    private static final int TABLES = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path home;

    private final Random random;
    private int committedUnseen;

    KillTransactionTest() {
        String given = System.getProperty("tarn.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("Kills at moments from -Dtarn.seed=" + seed);
        random = new Random(seed);
    }

    @Test
    void aKillInATransactionLeavesAllOrNone() throws IOException {
        killInRounds(FEW);
    }

    @Test
    @Tag("faults")
    void manyKillsInTransactionsLeaveAllOrNone() throws IOException {
        killInRounds(Integer.getInteger("tarn.faults.rounds", FEW));
    }

    private void killInRounds(int rounds) throws IOException {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(home));
                IcebergClient client = new IcebergClient(server, Map.of())) {
            List<TableIdentifier> tables = client.tables("kills", TABLES);
            client.commit(client.prepared(tables));
            List<TableCommit> timed = client.prepared(tables);
            long begun = System.nanoTime();
            client.commit(timed);
            long usual = System.nanoTime() - begun;
            for (int round = 0; round < rounds; round++) {
                round(server, client, tables, round, random.nextLong(usual + usual / 4));
            }
            System.out.printf(
                    "%d kills within %.0f ms, %d of them after the commit and before its answer%n",
                    rounds, usual * 1.25 / 1e6, committedUnseen);
            Set<Path> present = server.tables().present();
            present.removeIf(file -> file.toString().endsWith(".crc")); // of the client's way to files
            assertThat(present).isEqualTo(server.tables().reachable());
        }
    }

    private void round(
            ServerUnderTest server, IcebergClient client, List<TableIdentifier> tables, int round, long delay)
            throws IOException {
        List<TableCommit> commits = client.prepared(tables);
        CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> isCommitted(client, commits));
        Eventually.pause(Duration.ofNanos(delay));
        server.kill();
        boolean acknowledged = answer.join();
        server.startAgain();

        String what =
                "round %d, killed after %,d ns, %s".formatted(round, delay, acknowledged ? "answered" : "no answer");
        List<Integer> snapshots = snapshots(client, tables);
        int before = round + 2;
        assertThat(snapshots).as(what).containsOnly(snapshots.getFirst());
        assertThat(snapshots.getFirst()).as(what).isBetween(acknowledged ? before + 1 : before, before + 1);
        committedUnseen += !acknowledged && snapshots.getFirst() > before ? 1 : 0;

        client.commit(commits);
        client.commit(commits);
        assertThat(snapshots(client, tables)).as(what + ", and sent again").containsOnly(before + 1);
        for (TableIdentifier table : tables) {
            assertThat(files(client.load(table))).as(what).hasSize(before + 1).doesNotHaveDuplicates();
        }
        assertThat(server.tables().openWrites()).as(what).isEmpty();
    }

    private static boolean isCommitted(IcebergClient client, List<TableCommit> commits) {
        try {
            client.commit(commits);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static List<Integer> snapshots(IcebergClient client, List<TableIdentifier> tables) {
        return tables.stream()
                .map(table -> {
                    List<Snapshot> found = new ArrayList<>();
                    client.load(table).snapshots().forEach(found::add);
                    return found.size();
                })
                .toList();
    }

    static List<String> files(Table table) throws IOException {
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(file -> file.file().location())
                    .toList();
        }
    }
}
