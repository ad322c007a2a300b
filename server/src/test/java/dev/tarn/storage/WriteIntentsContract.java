package dev.tarn.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for intents on every database. */
abstract class WriteIntentsContract {
    private static final UUID TENANT = UUID.fromString("01900000-0000-7000-8000-000000000001");

    private final MovableClock clock = new MovableClock();

    @TempDir
    Path folder;

    private Database database;
    private TestStorage ours;
    private TestStorage theirs;

    abstract Database open(Path home);

    @BeforeEach
    void open() {
        database = open(folder);
        ours = server(1);
        theirs = server(2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private TestStorage server(int seed) {
        return TestStorage.on(
                database, folder.resolve("warehouse"), new Ids(clock, new Random(seed)), clock, Faults.none());
    }

    private Path file(WriteIntent intent, String folderName) throws IOException {
        Path file = ours.warehouse()
                .path(intent.location())
                .resolve(folderName)
                .resolve(intent.filePrefix() + "-1.parquet");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "rows");
    }

    private WriteIntent begin(TestStorage server, boolean newTable) {
        String location = server.warehouse().newTableLocation(TENANT, java.util.List.of("shop"), "orders");
        return server.intents().begin(TENANT, "iceberg.shop.orders", location, newTable);
    }

    @Test
    void anAbortRemovesTheFilesOfTheWriteAndNoOthers() throws IOException {
        WriteIntent intent = begin(ours, false);
        Path data = file(intent, "data");
        Path metadata = file(intent, "metadata");
        Path other = Files.writeString(data.resolveSibling("other.parquet"), "rows");

        ours.intents().abort(intent);

        assertThat(data).doesNotExist();
        assertThat(metadata).doesNotExist();
        assertThat(other).exists();
        assertThat(ours.intents().clear(intent)).isFalse();
    }

    @Test
    void anAbortOfANewTableRemovesItsLocation() throws IOException {
        WriteIntent intent = begin(ours, true);
        file(intent, "data");

        ours.intents().abort(intent);

        assertThat(ours.warehouse().path(intent.location())).doesNotExist();
    }

    @Test
    void anAbortAfterTheCommitDoesNothing() throws IOException {
        WriteIntent intent = begin(ours, true);
        Path data = file(intent, "data");
        assertThat(ours.intents().isOpen(intent)).isTrue();
        assertThat(ours.intents().clear(intent)).isTrue();
        assertThat(ours.intents().isOpen(intent)).isFalse();

        ours.intents().abort(intent);

        assertThat(data).exists();
    }

    @Test
    void aLiveServersWriteIsLeftAlone() throws IOException {
        WriteIntent intent = begin(theirs, true);
        Path data = file(intent, "data");
        for (int i = 0; i < 10; i++) {
            clock.advance(WriteIntents.HEARTBEAT);
            theirs.renew();
            ours.intents().sweep();
        }

        assertThat(ours.intents().recover(DatabaseKind.POSTGRESQL)).isZero();
        assertThat(data).exists();
        assertThat(theirs.intents().clear(intent)).isTrue();
    }

    @Test
    void aSilentServersWriteIsCleanedAndCannotCommit() throws IOException {
        WriteIntent intent = begin(theirs, true);
        Path data = file(intent, "data");
        clock.advance(WriteIntents.LEASE.plusSeconds(1));

        assertThat(ours.intents().sweep()).isOne();

        assertThat(data).doesNotExist();
        assertThat(theirs.intents().clear(intent)).isFalse();
    }

    @Test
    void whereNoOtherServerCanLiveAStartCleansAtOnce() throws IOException {
        Path theirData = file(begin(theirs, true), "data");
        Path ourData = file(begin(ours, true), "data");

        assertThat(ours.intents().recover(DatabaseKind.SQLITE)).isOne();

        assertThat(theirData).doesNotExist();
        assertThat(ourData).exists();
    }

    @Test
    void aBriefWriteIsCleanedWhenItsTimeIsOver() throws IOException {
        String location = ours.warehouse().newTableLocation(TENANT, java.util.List.of("shop"), "orders");
        Path data = file(ours.intents().beginBrief(TENANT, "iceberg.shop.orders", location), "metadata");
        ours.renew();
        assertThat(theirs.intents().sweep()).isZero();

        clock.advance(WriteIntents.BRIEF_LEASE.plusSeconds(1));
        ours.renew();

        assertThat(theirs.intents().sweep()).isOne();
        assertThat(data).doesNotExist();
    }

    @Test
    void whatCouldNotBeRemovedIsRemovedByTheNextSweep() throws IOException {
        Faults faults = Faults.none();
        WriteIntent intent = begin(ours, true);
        Path data = file(intent, "data");
        TestStorage failing = TestStorage.on(
                database,
                folder.resolve("warehouse"),
                new Ids(clock, new Random(1)),
                clock,
                Faults.at(2, Faults.Kind.FAIL_BEFORE));

        failing.intents().abort(intent);
        assertThat(data).exists();

        clock.advance(WriteIntents.LEASE.plusSeconds(1));
        assertThat(theirs.intents().sweep()).isOne();
        assertThat(data).doesNotExist();
        assertThat(faults.steps()).isEmpty();
    }

    @Test
    void anAbortThatCouldNotBeginIsTriedAgainAlthoughItsLeaseIsRenewed() throws IOException {
        WriteIntent intent = begin(ours, true);
        Path data = file(intent, "data");
        TestStorage failing = TestStorage.on(
                database,
                folder.resolve("warehouse"),
                new Ids(clock, new Random(1)),
                clock,
                Faults.at(1, Faults.Kind.FAIL_BEFORE));
        failing.intents().abort(intent);
        failing.renew();
        assertThat(data).exists();

        failing.intents().retry();

        assertThat(data).doesNotExist();
        assertThat(ours.intents().clear(intent)).isFalse();
    }
}
