package dev.tarn.backup;

import dev.tarn.access.TestAccess;
import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import dev.tarn.platform.secrets.SealedName;
import dev.tarn.platform.secrets.TestSecrets;
import dev.tarn.storage.TableFiles;
import dev.tarn.storage.Warehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An installation with rows in its tables, whose secrets are in its home. */
final class BackupWorld implements AutoCloseable {
    static final Passphrase PASSPHRASE = new Passphrase("correct horse");

    static final SealedName SECRET = new SealedName(SealedName.SERVER, "test", "mail");

    final Path folder;
    final Path home;
    final String url;
    final String key;
    private final Database database;

    BackupWorld(Path folder, boolean postgres) throws IOException {
        this.folder = folder;
        home = Files.createDirectories(folder.resolve("home"));
        url = postgres ? TestDatabases.postgresUrl() : TestDatabases.sqliteUrl(home);
        database = Database.open(url);
        try (TestAccess access = TestAccess.on(database)) {
            key = access.first().key().secret();
            access.anotherTenant();
            access.signIn();
            String tenant = access.first().tenant().id().toString();
            write("INSERT INTO iceberg_tables VALUES (?, 'shop', 'größe \"x\"', ?, NULL, 'TABLE')", tenant, "file:/m1");
            write("INSERT INTO write_intents VALUES (?, 'i1', 't', 'file:/t1', 1, 's1', 5, 4)", tenant);
        }
        TestSecrets.inHome(database, home).put(SECRET, "a password".getBytes(StandardCharsets.UTF_8));
        Files.writeString(home.resolve("credentials.json"), "{\"key\":\"k\"}");
    }

    void write(String sql, Object... parameters) {
        database.inTransaction(
                () -> database.client().sql(sql).params(List.of(parameters)).update());
    }

    BackupPlaces places() {
        return new BackupPlaces(home, url, home.resolve("warehouse"));
    }

    BackupReport backUp(Path file) {
        return new BackupWriting(new MovableClock(), new Random(5), "test")
                .write(places(), "b1", file, true, PASSPHRASE);
    }

    static Restoring restoring() {
        Ids ids = new Ids(new MovableClock(), new Random(6));
        return new Restoring(warehouse -> TableFiles.local(new Warehouse(warehouse, ids)));
    }

    /** Every row of every table that a backup holds. */
    static Map<String, RowsDigest> contents(String url) {
        Map<String, RowsDigest> contents = new TreeMap<>();
        try (JdbcSnapshot snapshot = JdbcSnapshot.open(url)) {
            for (StoredTable table : snapshot.tables()) {
                RowsDigest digest = new RowsDigest();
                snapshot.rows(table, digest::add);
                contents.put(table.name(), digest);
            }
        }
        return contents;
    }

    static String freshUrl(boolean postgres, Path home) {
        return postgres ? TestDatabases.postgresUrl() : "jdbc:sqlite:" + home.resolve("tarn.db");
    }

    static @Nullable String option(boolean postgres, String url) {
        return postgres ? url : null;
    }

    @Override
    public void close() {
        database.close();
    }
}
