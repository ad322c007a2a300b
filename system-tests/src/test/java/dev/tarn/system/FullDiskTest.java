package dev.tarn.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Home and warehouse on a small file system of their own, which is then filled. */
class FullDiskTest {
    private static final long MEGABYTE = 1_000_000;

    @TempDir(cleanup = CleanupMode.NEVER)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1200m", "tarn-system-test", folder.toString()) == 0,
                "A file system can only be mounted by root, outside of a locked container");
        mounted = true;
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "-l", folder.toString());
        }
        Files.deleteIfExists(folder);
    }

    @Test
    void aFileThatDoesNotFitIsRefusedAndTheServerGoesOn() {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(folder.resolve("home")))) {
            Api api = server.api();
            begin(api);
            fillButFor(6 * MEGABYTE);

            refused(server, Load.into("disk.kept").mode("append").of(Csv.of(1_000, 600_000)));

            assertThat(api.load(Load.into("disk.kept").mode("append").of(Csv.of(1_000, 1_010)))
                            .status())
                    .isEqualTo(200);
            makeRoom();
            api.loaded(Load.into("disk.kept").mode("append").of(Csv.of(1_010, 600_000)));
            assertThat(api.count("disk.kept")).isEqualTo(600_000);
            server.tables().assertNothingMissingAndNoOrphans();
        }
    }

    @Test
    void dataFilesThatDoNotFitAreRemovedAndTheServerGoesOn() {
        try (ServerUnderTest server = ServerUnderTest.start(ServerSetup.on(folder.resolve("home")))) {
            Api api = server.api();
            begin(api);
            byte[] file = incompressible(300_000);
            fillButFor(file.length + 3 * MEGABYTE);

            refused(server, Load.into("disk.noise").of(file));

            assertThat(api.exists("disk.noise")).isFalse();
            makeRoom();
            api.loaded(Load.into("disk.noise").of(file));
            assertThat(api.count("disk.noise")).isEqualTo(300_000);
            server.tables().assertNothingMissingAndNoOrphans();
        }
    }

    @Test
    @Tag("faults")
    void whereverTheDiskIsFullTheTableIsTheOldOneOrTheNewOne() {
        try (ServerUnderTest server =
                ServerUnderTest.start(ServerSetup.on(folder.resolve("home")).with("TARN_STORAGE_LEASE", "6s"))) {
            Api api = server.api();
            begin(api);
            long rows = 1_000;
            Random random = new Random(20261127);
            byte[] file = Csv.of(1_000, 21_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            for (int round = 0; round < Integer.getInteger("tarn.faults.rounds", 6); round++) {
                // Half of the times there is hardly room for the rows of the database.
                fillButFor(random.nextLong(random.nextBoolean() ? 60_000 : file.length * 3L / 2));
                Answer answer = api.load(Load.into("disk.kept").mode("append").of(file));
                makeRoom();
                assertThat(answer.status()).as(answer.toString()).isIn(200, 507);
                rows += answer.status() == 200 ? 20_000 : 0;
                assertThat(api.count("disk.kept")).as(answer.toString()).isEqualTo(rows);
                Eventually.within(
                        Duration.ofSeconds(30),
                        "the next sweep removes what could not be removed at once",
                        () -> server.tables().openWrites().isEmpty());
                server.tables().assertNothingMissingAndNoOrphans();
            }
        }
    }

    /** One table, and workers that have unpacked themselves. */
    private static void begin(Api api) {
        api.loaded(Load.into("disk.kept").of(Csv.of(0, 1_000)));
        Api.atOnce(List.of(() -> api.sql("SELECT 1"), () -> api.sql("SELECT 2"), () -> api.sql("SELECT 3")));
        Eventually.pause(Duration.ofSeconds(1));
    }

    private void refused(ServerUnderTest server, Load load) {
        long free = free();
        Answer answer = server.api().load(load);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(507);
        assertThat(answer.code()).isEqualTo("storage_full");
        assertThat(answer.body()).doesNotContain(folder.toString());
        assertThat(server.api().count("disk.kept")).isEqualTo(1_000);
        Eventually.within(Duration.ofSeconds(10), "the room is free again", () -> free() > free - MEGABYTE);
        assertThat(uploads(server)).isEmpty();
        server.tables().assertNothingMissingAndNoOrphans();
    }

    private long free() {
        return folder.toFile().getUsableSpace();
    }

    private void fillButFor(long bytes) {
        byte[] large = new byte[1 << 16];
        byte[] small = new byte[1 << 12];
        try (OutputStream ballast = Files.newOutputStream(folder.resolve("ballast"))) {
            while (free() > bytes + large.length) {
                ballast.write(large);
            }
            while (free() > bytes + small.length) {
                ballast.write(small);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeRoom() {
        try {
            Files.delete(folder.resolve("ballast"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> uploads(ServerUnderTest server) {
        try (Stream<Path> files = Files.list(server.home().resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("load-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] incompressible(int rows) {
        Random random = new Random(42);
        StringBuilder text = new StringBuilder("noise\n");
        byte[] bytes = new byte[20];
        for (int row = 0; row < rows; row++) {
            random.nextBytes(bytes);
            text.append('x').append(HexFormat.of().formatHex(bytes)).append('\n');
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
