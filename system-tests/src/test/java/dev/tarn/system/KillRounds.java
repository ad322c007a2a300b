package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads whose server is killed in the middle, again and again on one home. After each restart the table is the old one or
 * the new one, the new one if the load was acknowledged; and the warehouse holds what the tables name, no more.
 */
final class KillRounds {
    private static final int ROWS = 30_000;
    private static final String TABLE = "kills.kept";

    /** Where a load is when its server dies. */
    enum Moment {
        UPLOAD(Duration.ofMillis(100)),
        CONVERSION(Duration.ofMillis(300)),
        DATA_FILE(Duration.ofMillis(60)),
        COMMIT(Duration.ofMillis(10)),
        ANY(Duration.ofMillis(1_500));

        private final Duration spread;

        Moment(Duration spread) {
            this.spread = spread;
        }
    }

    private final ServerUnderTest server;
    private final Random random;
    private final boolean sentAgain;
    private long rows;
    private long nextId;

    /**
     * On a server without tables.
     *
     * @param sentAgain whether an append is sent once more under its Idempotency-Key, as a client does that saw no answer
     */
    KillRounds(ServerUnderTest server, boolean sentAgain) {
        this.server = server;
        this.sentAgain = sentAgain;
        String given = System.getProperty("tarn.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("Kills at moments from -Dtarn.seed=" + seed);
        this.random = new Random(seed);
    }

    void run(int rounds) {
        server.api().loaded(Load.into(TABLE).of(Csv.of(0, ROWS)));
        rows = ROWS;
        nextId = ROWS;
        for (int round = 0; round < rounds; round++) {
            Moment moment = Moment.values()[round % Moment.values().length];
            String mode = List.of("append", "replace", "create").get(random.nextInt(3));
            round(round, moment, mode);
        }
    }

    private void round(int round, Moment moment, String mode) {
        boolean creates = mode.equals("create");
        String table = creates ? "kills.made_" + round : TABLE;
        byte[] file = Csv.of(nextId, nextId + ROWS).getBytes(StandardCharsets.UTF_8);
        Set<Path> before = server.tables().present();
        Api api = server.api();
        UUID id = new UUID(round, random.nextLong());
        Load load = Load.into(table)
                .mode(mode)
                .with("id", id.toString())
                .once("kill-" + round)
                .of(() -> slowly(moment, file));
        CompletableFuture<@Nullable Answer> answer = CompletableFuture.supplyAsync(() -> answerOf(api, load));
        await(moment, before, file.length, answer);
        Duration delay = Duration.ofNanos(random.nextLong(moment.spread.toNanos()));
        Eventually.pause(delay);
        List<ProcessHandle> workers = server.workers();

        server.kill();

        Optional<Answer> acknowledged = Optional.ofNullable(answer.join());
        String what = "round %d, %s of a load that would %s, after %s: %s"
                .formatted(
                        round,
                        moment,
                        mode,
                        delay,
                        acknowledged.map(Answer::toString).orElse("no answer"));
        acknowledged.ifPresent(known -> assertThat(known.status()).as(what).isEqualTo(200));
        server.startAgain();
        boolean loaded = check(what, table, mode, acknowledged.isPresent());
        checkRow(what, id, loaded);
        Eventually.within(
                Duration.ofSeconds(10),
                "the old workers end",
                () -> workers.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(server.tables().present()).as(what).isEqualTo(server.tables().reachable());
        assertThat(server.tables().openWrites()).as(what).isEmpty();
        assertThat(scratch()).as(what).allMatch(name -> name.startsWith("worker-"));
        if (sentAgain && mode.equals("append")) {
            sendAgain(what, load);
        }
        nextId += ROWS;
    }

    /** Whether the first one was committed or not, after the second the rows are there once. */
    private void sendAgain(String what, Load load) {
        long before = rows - (server.api().count(TABLE, "id >= " + nextId) > 0 ? ROWS : 0);
        Eventually.within(Duration.ofSeconds(60), "the second answer; " + what, () -> {
            Answer answer = server.api().load(load);
            assertThat(answer.status() == 200 || answer.code().equals("conflict"))
                    .as(what + ", then " + answer)
                    .isTrue();
            return answer.status() == 200;
        });
        rows = server.api().count(TABLE);
        assertThat(rows).as(what + ", and sent again").isEqualTo(before + ROWS);
    }

    /** The load's row says what the table says. A load that had not begun has none. */
    private void checkRow(String what, UUID id, boolean loaded) {
        Answer row = server.api().get("/tarn/v1/loads/" + id);
        if (row.status() == 404) {
            assertThat(loaded).as(what + ": no row").isFalse();
            return;
        }
        assertThat(row.json().path("state").asString())
                .as(what + ": " + row)
                .isEqualTo(loaded ? "completed" : "failed");
        if (!loaded) {
            assertThat(row.json().at("/error/code").asString())
                    .as(what + ": " + row)
                    .isEqualTo("stopping");
        }
    }

    /** Whether the rows are there. */
    private boolean check(String what, String table, String mode, boolean acknowledged) {
        Api api = server.api();
        if (mode.equals("create")) {
            boolean made = api.exists(table);
            assertThat(made || !acknowledged).as(what).isTrue();
            if (made) {
                assertThat(api.count(table)).as(what).isEqualTo(ROWS);
            }
            return made;
        }
        long fresh = mode.equals("append") ? rows + ROWS : ROWS;
        long found = api.count(table);
        boolean loaded = api.count(table, "id >= " + nextId) > 0;
        assertThat(found).as(what).isEqualTo(loaded ? fresh : rows);
        assertThat(loaded || !acknowledged).as(what).isTrue();
        assertThat(api.sql("SELECT count(DISTINCT id) FROM " + table).value().asLong())
                .as(what)
                .isEqualTo(found);
        rows = found;
        return loaded;
    }

    private void await(Moment moment, Set<Path> before, long bytes, CompletableFuture<?> answer) {
        while (!answer.isDone() && !reached(moment, before, bytes)) {
            Thread.onSpinWait();
        }
    }

    private boolean reached(Moment moment, Set<Path> before, long bytes) {
        return switch (moment) {
            case ANY -> true;
            case UPLOAD -> uploaded() > 0;
            case CONVERSION -> uploaded() >= bytes;
            case DATA_FILE -> fresh(before).anyMatch(file -> file.toString().endsWith(".parquet"));
            case COMMIT -> fresh(before).anyMatch(file -> file.toString().contains("/metadata/"));
        };
    }

    private Stream<Path> fresh(Set<Path> before) {
        Set<Path> files = new HashSet<>(presentNow());
        files.removeAll(before);
        return files.stream();
    }

    /** Files may go while they are listed. */
    private Set<Path> presentNow() {
        try {
            return server.tables().present();
        } catch (UncheckedIOException e) {
            return Set.of();
        }
    }

    private long uploaded() {
        try (Stream<Path> files = Files.list(server.home().resolve("tmp"))) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("load-")) {
                    return Files.size(file.resolve("0"));
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private List<String> scratch() {
        try (Stream<Path> files = Files.list(server.home().resolve("tmp"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Answer answerOf(Api api, Load load) {
        try {
            return api.load(load);
        } catch (UncheckedIOException e) {
            return null;
        }
    }

    /** For a kill during the upload the file comes in pieces. */
    private static InputStream slowly(Moment moment, byte[] file) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(file);
        if (moment != Moment.UPLOAD) {
            return bytes;
        }
        return new InputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                Eventually.pause(Duration.ofMillis(20));
                return bytes.read(buffer, offset, length);
            }
        };
    }
}
