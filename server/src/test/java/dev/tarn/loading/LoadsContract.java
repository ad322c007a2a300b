package dev.tarn.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TestTables;
import dev.tarn.catalog.WriteMode;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads on two servers of one database. */
abstract class LoadsContract {
    private static final String TABLE = "iceberg.shop.numbers";

    @TempDir
    Path folder;

    private LoadWorld world;
    private LoadWorld.Server ours;
    private LoadWorld.Server theirs;

    abstract Database open(Path home);

    @BeforeEach
    void open() {
        world = new LoadWorld(open(folder), folder);
        ours = world.server();
        theirs = world.server();
        world.load(ours, world.request(TABLE, WriteMode.CREATE), "1\n");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static void fails(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        TarnException.class,
                        e -> assertThat(e.code()).as(e.message()).isEqualTo(code));
    }

    private LoadRequest append(UUID id) {
        return world.request(TABLE, WriteMode.APPEND, Optional.of(id), false);
    }

    private Load get(UUID id) {
        return theirs.loads().get(world.admin, id);
    }

    private List<Long> rows() {
        return TestTables.numbers(theirs.tables(), world.admin, TABLE);
    }

    @Test
    void aLoadWhoseRowIsNotWrittenYetIsNotTakenForLost() {
        world.beforeInsert = () -> ours.running().beat();
        UUID id = UUID.randomUUID();

        world.load(ours, append(id), "2\n");

        assertThat(get(id).state()).isEqualTo(LoadState.COMPLETED);
    }

    @Test
    void aLoadIsSeenAndCancelledThroughAnotherServer() {
        UUID id = UUID.randomUUID();
        ours.conversion().meanwhile = () -> {
            ours.running().beat();
            assertThat(get(id).state()).isEqualTo(LoadState.RUNNING);
            assertThat(get(id).bytesRead()).isEqualTo(2);
            theirs.loads().cancel(world.admin, id);
            ours.running().beat();
        };

        fails(ErrorCode.STATEMENT_CANCELLED, () -> world.load(ours, append(id), "2\n"));
        assertThat(get(id).state()).isEqualTo(LoadState.CANCELLED);
        assertThat(rows()).containsExactly(1L);
        fails(ErrorCode.NOT_FOUND, () -> theirs.loads().cancel(world.admin, id));

        assertThat(world.load(theirs, append(id), "2\n").load().id()).isEqualTo(id);
        assertThat(get(id).state()).isEqualTo(LoadState.COMPLETED);
        fails(ErrorCode.ALREADY_EXISTS, () -> world.load(ours, append(id), "2\n"));
    }

    @Test
    void aWishToCancelThatWasGrantedIsKeptEvenAtTheCommit() {
        UUID id = UUID.randomUUID();
        ours.conversion().meanwhile = () -> theirs.loads().cancel(world.admin, id);

        fails(ErrorCode.STATEMENT_CANCELLED, () -> world.load(ours, append(id), "2\nx\n"));
        assertThat(get(id).state()).isEqualTo(LoadState.CANCELLED);
        assertThat(rows()).containsExactly(1L);
        assertThat(world.blobs()).isEmpty();
        assertThat(world.intents()).isZero();
    }

    @Test
    void aServerThatFellSilentHasFailedAndCannotCommit() {
        UUID id = UUID.randomUUID();
        List<Load> seen = new ArrayList<>();
        ours.conversion().meanwhile = () -> {
            world.access.clock().advance(Duration.ofSeconds(31));
            seen.add(get(id));
        };

        fails(ErrorCode.CONFLICT, () -> world.load(ours, append(id), "2\n"));
        assertThat(seen.getFirst().state()).isEqualTo(LoadState.FAILED);
        assertThat(seen.getFirst().failure()).contains(LoadFailure.SERVER_STOPPED);
        assertThat(rows()).containsExactly(1L);

        UUID swept = UUID.randomUUID();
        ours.conversion().meanwhile = () -> {
            world.access.clock().advance(Duration.ofSeconds(31));
            LoadUpkeep.sweep(theirs.parts());
        };
        fails(ErrorCode.CONFLICT, () -> world.load(ours, append(swept), "2\n"));
        assertThat(get(swept).failure()).contains(LoadFailure.SERVER_STOPPED);
        assertThat(get(swept).finishedAt()).isPresent();
    }

    @Test
    void anUploadIsOneLoadsAtATimeAndIsGoneAfterIt() {
        Upload upload = world.upload(ours, "2\n");
        ours.conversion().meanwhile = () -> {
            fails(
                    ErrorCode.CONFLICT,
                    () -> theirs.loads().load(world.admin, upload.id(), append(UUID.randomUUID()), done -> {}));
            fails(ErrorCode.CONFLICT, () -> theirs.uploads().delete(world.admin, upload.id()));
        };
        LoadRequest request = append(UUID.randomUUID());
        ours.loads().load(world.admin, upload.id(), request, done -> {});

        assertThat(rows()).containsExactly(1L, 2L);
        assertThat(world.blobs()).isEmpty();
        fails(
                ErrorCode.NOT_FOUND,
                () -> ours.loads().load(world.admin, upload.id(), append(UUID.randomUUID()), done -> {}));
        fails(ErrorCode.ALREADY_EXISTS, () -> world.load(theirs, request, "3\n"));
    }

    @Test
    void whatIsKeptEndsWithTime() throws IOException {
        Upload upload = world.upload(ours, "2\n");
        UUID id = UUID.randomUUID();
        world.load(ours, append(id), "3\nx\n");
        try (InputStream rejects = theirs.loads().rejects(world.admin, id)) {
            assertThat(new String(rejects.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("no number");
        }
        assertThat(world.blobs()).hasSize(2);

        world.access.clock().advance(Duration.ofHours(25));
        fails(ErrorCode.NOT_FOUND, () -> ours.uploads().get(world.admin, upload.id()));
        LoadUpkeep.sweep(theirs.parts());
        assertThat(world.blobs()).containsExactly("rejects-" + id);

        world.access.clock().advance(Duration.ofDays(30));
        LoadUpkeep.sweep(theirs.parts());
        assertThat(world.blobs()).isEmpty();
        fails(ErrorCode.NOT_FOUND, () -> theirs.loads().rejects(world.admin, id));
        assertThat(world.intents()).isZero();
    }

    @Test
    void aBrokenUploadLeavesNothing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("gone");
            }
        };
        fails(ErrorCode.INVALID_REQUEST, () -> ours.uploads().receive(world.admin, SentFiles.one("a.csv", broken)));
        fails(ErrorCode.PAYLOAD_TOO_LARGE, () -> world.upload(ours, "1\n".repeat(600_000)));
        assertThat(world.blobs()).isEmpty();
        assertThat(world.intents()).isZero();
        assertThat(world.knownBlobs(ours)).isEmpty();
    }

    @Test
    void theSameBytesAreKnownUntilTheTableIsReplacedOrDropped() {
        LoadRequest once = world.request(TABLE, WriteMode.APPEND, Optional.empty(), true);
        UUID first = world.load(ours, once, "2\n").load().id();
        LoadOutcome again = world.load(theirs, once, "2\n");
        assertThat(again.repeated()).isTrue();
        assertThat(again.load().id()).isEqualTo(first);
        world.load(ours, append(UUID.randomUUID()), "3\n");
        assertThat(world.load(theirs, once, "2\n").repeated()).isTrue();
        assertThat(rows()).containsExactly(1L, 2L, 3L);

        world.load(ours, world.request(TABLE, WriteMode.REPLACE), "9\n");
        assertThat(world.load(theirs, once, "2\n").repeated()).isFalse();
        assertThat(rows()).containsExactly(2L, 9L);

        ours.tables().drop(world.admin, TableName.parse(TABLE));
        LoadRequest create = world.request(TABLE, WriteMode.CREATE, Optional.empty(), true);
        assertThat(world.load(ours, create, "1\n").repeated()).isFalse();
        assertThat(world.load(theirs, create, "1\n").repeated()).isTrue();
        fails(ErrorCode.ALREADY_EXISTS, () -> world.load(theirs, create, "2\n"));
    }

    @Test
    void whoComesSecondWithTheSameBytesAnswersWithTheFirst() {
        LoadRequest once = world.request(TABLE, WriteMode.APPEND, Optional.empty(), true);
        List<LoadOutcome> first = new ArrayList<>();
        ours.conversion().meanwhile = () -> first.add(world.load(theirs, once, "2\n"));
        LoadOutcome second = world.load(ours, once, "2\n");

        assertThat(second.repeated()).isTrue();
        assertThat(second.load().id()).isEqualTo(first.getFirst().load().id());
        assertThat(rows()).containsExactly(1L, 2L);
        assertThat(world.intents()).isZero();
        assertThat(world.all(ours)).hasSize(2).allMatch(load -> load.state() == LoadState.COMPLETED);
    }

    @Test
    void anotherTenantSeesNothingAndAFailureIsWrittenDown() {
        Caller other = world.access.anotherTenant();
        UUID id = UUID.randomUUID();
        fails(
                ErrorCode.UNKNOWN_TABLE,
                () -> world.load(
                        ours, world.request("iceberg.shop.none", WriteMode.APPEND, Optional.of(id), false), "2\n"));
        assertThat(get(id).state()).isEqualTo(LoadState.FAILED);
        assertThat(get(id).failure().orElseThrow().code()).isEqualTo("unknown_table");
        fails(ErrorCode.NOT_FOUND, () -> ours.loads().get(other, id));
        fails(ErrorCode.NOT_FOUND, () -> ours.loads().cancel(other, id));
        Upload upload = world.upload(ours, "2\n");
        fails(ErrorCode.NOT_FOUND, () -> ours.uploads().get(other, upload.id()));
        fails(ErrorCode.NOT_FOUND, () -> ours.uploads().delete(other, upload.id()));
        assertThat(ours.loads()
                        .list(
                                other,
                                new Loads.Wanted(Optional.of(true), Optional.empty(), Optional.empty()),
                                PageRequest.first())
                        .items())
                .isEmpty();
    }

    @Test
    void loadsThatEndedLongAgoLeaveTheListUnlessBytesAreKnownByThem() {
        UUID failed = UUID.randomUUID();
        fails(
                ErrorCode.UNKNOWN_TABLE,
                () -> world.load(
                        ours, world.request("iceberg.shop.none", WriteMode.APPEND, Optional.of(failed), false), "2\n"));
        world.access.clock().advance(Duration.ofDays(91));
        LoadUpkeep.sweep(ours.parts());
        fails(ErrorCode.NOT_FOUND, () -> get(failed));
        assertThat(world.all(ours)).hasSize(1);
    }
}
