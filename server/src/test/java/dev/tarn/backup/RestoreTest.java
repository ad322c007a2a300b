package dev.tarn.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.TestAccess;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.TestSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Round trips on both databases and across them, and what is refused. */
@Tag("slow")
class RestoreTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"false,false", "true,true", "false,true", "true,false"})
    void everyRowComesBackOnEitherDatabase(boolean from, boolean to) throws IOException {
        try (BackupWorld world = new BackupWorld(folder, from)) {
            Path file = folder.resolve("tarn.backup");
            BackupReport made = world.backUp(file);
            assertThat(made.files()).containsExactly("credentials.json", "secret.key");
            Path home = folder.resolve("restored");
            String url = BackupWorld.freshUrl(to, home);

            RestoreReport restored =
                    BackupWorld.restoring().restore(file, BackupWorld.PASSPHRASE, home, BackupWorld.option(to, url));

            assertThat(restored.backup().tables()).isEqualTo(made.tables());
            assertThat(restored.missing())
                    .containsExactly(new MissingFiles("shop.größe \"x\"", "its metadata file is not there"));
            assertSame(BackupWorld.contents(world.url), BackupWorld.contents(url));
            assertThat(home.resolve("secret.key")).hasSameTextualContentAs(world.home.resolve("secret.key"));
            assertThat(Files.readString(home.resolve("tarn.yaml")))
                    .contains("tarn.storage.warehouse: '" + world.home.resolve("warehouse") + "'");
            try (Database database = Database.open(url)) {
                assertThat(TestAccess.callerOf(database, world.key).name()).isEqualTo("admin");
                assertThat(TestSecrets.inHome(database, home).find(BackupWorld.SECRET))
                        .contains("a password".getBytes(StandardCharsets.UTF_8));
                // Restoring a write under way would delete files that may be a table's by now.
                assertThat(count(database, "write_intents")).isZero();
                assertThat(count(database, "sessions")).isZero();
            }
            assertThat(restored.backup().rows()).isGreaterThan(5);
            assertThat(leftBeside(home)).isEmpty();
        }
    }

    static void assertSame(Map<String, RowsDigest> expected, Map<String, RowsDigest> found) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((table, digest) -> assertThat(
                        Objects.requireNonNull(found.get(table)).sameAs(digest.rows(), digest.sum()))
                .as(table)
                .isTrue());
    }

    private static long count(Database database, String table) {
        return database.client()
                .sql("SELECT COUNT(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    private static Stream<String> leftBeside(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.getParent())) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".restoring"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsNotEmptyIsLeftAlone(boolean postgres) throws IOException {
        try (BackupWorld world = new BackupWorld(folder, postgres)) {
            Path file = folder.resolve("tarn.backup");
            world.backUp(file);
            Map<String, RowsDigest> before = BackupWorld.contents(world.url);
            Path home = postgres ? folder.resolve("new") : world.home;

            assertThatThrownBy(() -> BackupWorld.restoring()
                            .restore(file, BackupWorld.PASSPHRASE, home, BackupWorld.option(postgres, world.url)))
                    .isInstanceOfSatisfying(
                            TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                    .hasMessageContaining("empty");

            assertSame(before, BackupWorld.contents(world.url));
            assertThat(folder.resolve("new")).doesNotExist();
            assertThat(leftBeside(home)).isEmpty();
        }
    }

    @Test
    void aDamagedFileIsRefusedBeforeAnythingIsWritten() throws IOException {
        try (BackupWorld world = new BackupWorld(folder, false)) {
            Path file = folder.resolve("tarn.backup");
            world.backUp(file);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 20] ^= 1;
            Files.write(file, bytes);
            Path home = folder.resolve("new");

            assertThatThrownBy(() -> BackupWorld.restoring().restore(file, BackupWorld.PASSPHRASE, home, null))
                    .hasMessageContaining("altered");

            assertThat(home).doesNotExist();
            assertThat(leftBeside(home)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "checksum"})
    void aSchemaThatIsNotKnownIsRefused(String what) throws IOException {
        try (BackupWorld world = new BackupWorld(folder, false)) {
            world.write(
                    what.equals("version")
                            ? "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x',"
                                    + " installed_on, 1, 1 FROM flyway_schema_history WHERE installed_rank = 1"
                            : "UPDATE flyway_schema_history SET checksum = 1 WHERE installed_rank = 1");
            Path file = folder.resolve("tarn.backup");
            world.backUp(file);

            assertThatThrownBy(() ->
                            BackupWorld.restoring().restore(file, BackupWorld.PASSPHRASE, folder.resolve("new"), null))
                    .isInstanceOfSatisfying(
                            TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                    .hasMessageContaining("schema version");
            assertThat(folder.resolve("new")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBackupIsOneMomentWhileServersWrite(boolean postgres) throws Exception {
        try (BackupWorld world = new BackupWorld(folder, postgres)) {
            String tenants = "INSERT INTO tenants VALUES (?, ?, 1)";
            String workspaces = "INSERT INTO workspaces VALUES (?, 'w', 'w', 1)";
            Thread writer = Thread.ofVirtual().start(() -> {
                for (int i = 0; !Thread.currentThread().isInterrupted() && i < 3_000; i++) {
                    world.write(tenants, "t" + i, "t" + i);
                    world.write(workspaces, "t" + i);
                }
            });
            for (int round = 0; round < 5; round++) {
                Path file = folder.resolve("b" + round);
                world.backUp(file);
                Path home = folder.resolve("r" + round);
                BackupWorld.restoring().restore(file, BackupWorld.PASSPHRASE, home, null);
                try (Database restored = Database.open("jdbc:sqlite:" + home.resolve("tarn.db"))) {
                    long missing = count(restored, "tenants WHERE tenant_id LIKE 't%'")
                            - count(restored, "workspaces WHERE name = 'w'");
                    assertThat(missing)
                            .as("a tenant is written just before its workspace")
                            .isBetween(0L, 1L);
                }
            }
            writer.interrupt();
            writer.join();
        }
    }

    @Test
    void anExistingFileIsKeptUnlessTold() throws IOException {
        try (BackupWorld world = new BackupWorld(folder, false)) {
            Path file = Files.writeString(folder.resolve("precious"), "x");
            assertThatThrownBy(() -> new BackupWriting(new MovableClock(), new Random(1), "test")
                            .write(world.places(), "b", file, false, BackupWorld.PASSPHRASE))
                    .hasMessageContaining("--replace");
            assertThat(file).hasContent("x");
            assertThatThrownBy(() -> new BackupWriting(new MovableClock(), new Random(1), "test")
                            .write(
                                    new BackupPlaces(folder, "jdbc:sqlite:" + folder.resolve("no.db"), folder),
                                    "b",
                                    folder.resolve("new"),
                                    false,
                                    BackupWorld.PASSPHRASE))
                    .hasMessageContaining("no database");
            assertThat(folder.resolve("no.db")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBackupOfAnOlderSchemaIsRestoredAndBroughtUpToDate(boolean postgres) throws IOException {
        Path old = Files.createDirectory(folder.resolve("old"));
        Path fixtures = Path.of("src/test/resources/db");
        Files.copy(fixtures.resolve("v1.sqlite"), old.resolve("tarn.db"));
        Path file = folder.resolve("v1.backup");
        BackupPlaces places = new BackupPlaces(old, "jdbc:sqlite:" + old.resolve("tarn.db"), old.resolve("warehouse"));
        BackupReport made = new BackupWriting(new MovableClock(), new Random(5), "old")
                .write(places, "b", file, false, BackupWorld.PASSPHRASE);
        assertThat(made.schemaVersion()).isEqualTo("1");
        Path home = folder.resolve("new");
        String url = BackupWorld.freshUrl(postgres, home);

        BackupWorld.restoring().restore(file, BackupWorld.PASSPHRASE, home, BackupWorld.option(postgres, url));

        try (JdbcSnapshot snapshot = JdbcSnapshot.open(url)) {
            assertThat(snapshot.migrations().getLast().version())
                    .isEqualTo(snapshot.knownVersions().getLast())
                    .isNotEqualTo("1");
        }
        try (Database database = Database.open(url)) {
            String key = Files.readString(fixtures.resolve("v1-key.txt")).strip();
            assertThat(TestAccess.callerOf(database, key).name()).isEqualTo("admin");
        }
    }

    @Test
    void whatIsLeftOutExists() throws IOException {
        try (BackupWorld world = new BackupWorld(folder, false)) {
            for (String table : BackedUpTables.LEFT_OUT) {
                world.write("DELETE FROM " + table);
            }
        }
    }

    @Test
    void aDatabaseThatNoServerHasOpenIsLookedAt() throws IOException {
        try (BackupWorld world = new BackupWorld(folder, false)) {
            DatabaseCheck found = DatabaseCheck.of(
                    world.places(),
                    BackupWorld.restoring().filesOf().apply(world.places().warehouse()));
            assertThat(found.integrity()).isEqualTo("ok");
            assertThat(found.newer()).isFalse();
            assertThat(found.tables()).isEqualTo(1);
            assertThat(found.missing()).hasSize(1);
            assertThat(found.otherBuild()).isFalse();
            world.write("UPDATE flyway_schema_history SET checksum = 1 WHERE installed_rank = 1");
            assertThat(DatabaseCheck.of(
                                    world.places(),
                                    BackupWorld.restoring().filesOf().apply(world.home))
                            .otherBuild())
                    .isTrue();
        }
    }
}
