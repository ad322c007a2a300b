package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.access.Caller;
import dev.tarn.access.KeptRows;
import dev.tarn.access.TestAccess;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every released schema's database is kept, with rows in every table, and opens with today's server. The fixtures of the
 * schema under work are written anew with {@code -Dtest=UpgradeTest -Dtarn.fixtures.write=true}; those of a released one never.
 */
class UpgradeTest {
    private static final int LATEST = 8;

    /** Since when the rows of {@code access} are those of {@link KeptRows}. */
    private static final int KEPT_ROWS = 3;

    private static final Path FIXTURES = RunningServer.root().resolve("server/src/test/resources/db");

    @TempDir
    Path folder;

    @Test
    void everySqliteDatabaseOpens() throws IOException {
        for (int version = 1; version <= LATEST; version++) {
            Path copy = folder.resolve("v" + version + ".db");
            Files.copy(FIXTURES.resolve("v" + version + ".sqlite"), copy);
            try (Database database = TestDatabases.sqlite(copy)) {
                assertEverythingIsThere(database, version);
            }
        }
    }

    @Test
    void everyPostgresDatabaseOpens() throws IOException, SQLException {
        for (int version = 1; version <= LATEST; version++) {
            String url = TestDatabases.postgresUrl();
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations("classpath:db/migration")
                    .target(Integer.toString(version))
                    .load()
                    .migrate();
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute(Files.readString(FIXTURES.resolve("v" + version + "-postgres.sql")));
            }
            try (Database database = Database.open(url)) {
                assertEverythingIsThere(database, version);
            }
        }
    }

    /** What V3 counts and clears. */
    private static final Set<String> CHANGED = Set.of("flyway_schema_history", "numbers", "grants", "doom_epochs");

    /** Tables that came later are empty. */
    private static void assertEverythingIsThere(Database database, int version) throws IOException {
        Set<String> filled = Pattern.compile("INSERT INTO (\\w+)")
                .matcher(Files.readString(FIXTURES.resolve("v" + version + "-postgres.sql")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(filled).hasSizeGreaterThan(10);
        assertThat(rowCounts(database)).allSatisfy((table, count) -> {
            if (!CHANGED.contains(table)) {
                assertThat(count > 0).as(table).isEqualTo(filled.contains(table));
            }
        });
        String key =
                Files.readString(FIXTURES.resolve("v" + version + "-key.txt")).strip();
        assertThat(TestAccess.callerOf(database, key).name()).isEqualTo("admin");
        if (version >= KEPT_ROWS) {
            KeptRows.assertKept(database, key);
        }
    }

    private static Map<String, Long> rowCounts(Database database) {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : tables(database)) {
            counts.put(
                    table,
                    database.client()
                            .sql("SELECT count(*) FROM " + table)
                            .query(Long.class)
                            .single());
        }
        return counts;
    }

    private static int newestMigration(Database database) {
        return database.client()
                .sql("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history")
                .query(Integer.class)
                .single();
    }

    private static List<String> tables(Database database) {
        String sql = switch (database.kind()) {
            case SQLITE ->
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
            case POSTGRESQL -> "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
        };
        return database.client().sql(sql).query(String.class).list();
    }

    @Test
    @EnabledIfSystemProperty(named = "tarn.fixtures.write", matches = "true")
    void writeTheFixtures() throws IOException, SQLException {
        Path file = folder.resolve("new.db");
        String key;
        StringBuilder dump = new StringBuilder();
        try (Database database = TestDatabases.sqlite(file)) {
            try (TestAccess access = TestAccess.on(database)) {
                key = access.first().key().secret();
                access.signIn();
                KeptRows.write(database, access);
                fill(database, access.admin());
            }
            assertThat(rowCounts(database))
                    .allSatisfy((table, count) -> assertThat(count).as(table).isPositive());
            assertThat(newestMigration(database))
                    .as("a newer schema must not be kept as an older one: raise LATEST first")
                    .isEqualTo(LATEST);
            for (String table : tables(database)) {
                // What migrations write is there before these rows are.
                if (!Set.of("flyway_schema_history", "doom_epochs").contains(table)) {
                    dump.append(inserts(database, table));
                }
            }
        }
        Path kept = FIXTURES.resolve("v" + LATEST + ".sqlite");
        Files.createDirectories(FIXTURES);
        Files.deleteIfExists(kept);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM INTO '" + kept + "'");
        }
        Files.writeString(FIXTURES.resolve("v" + LATEST + "-postgres.sql"), dump);
        Files.writeString(FIXTURES.resolve("v" + LATEST + "-key.txt"), key + "\n");
    }

    /** What no facade of these modules writes. */
    private static void fill(Database database, Caller admin) {
        String ids = "'" + admin.tenantId() + "', '" + admin.workspaceId() + "'";
        String tenant = "'" + admin.tenantId() + "'";
        String user = "'" + admin.userId() + "'";
        database.inTransaction(() -> List.of(
                        "INSERT INTO usage_entries VALUES (" + ids + ", 'e1', 1, " + user
                                + ", 'statement', 2, 3, 'r1', 'k1', 'datalynxr', 3, 1, 5, 6, 7, '[\"0.01\",\"0.1\",\"5\",\"0\",\"0\",\"0.5\"]')",
                        "INSERT INTO rate_counts VALUES (" + tenant + ", 'k1', 'minute', 60000000, 128, 64)",
                        "INSERT INTO quotas VALUES (" + tenant + ", 1000, NULL, 9007199254740993, 5, 'admin')",
                        "INSERT INTO scanned_days VALUES (" + tenant + ", 20784, 3)",
                        "INSERT INTO idempotent_requests VALUES (" + tenant + ", " + user
                                + ", 'k1', 'h1', 'answered', 'o1', 1, 200, 'application/json', '{\"a\":\"it''s\"}', 1, 9)",
                        "INSERT INTO iceberg_tables VALUES (" + tenant
                                + ", 'shop', 'orders', 'file:/m1', NULL, 'TABLE')",
                        "INSERT INTO iceberg_namespace_properties VALUES (" + tenant + ", 'shop', 'owner', 'admin')",
                        "INSERT INTO write_intents VALUES (" + tenant
                                + ", 'i1', 'iceberg.shop.orders', 'file:/t1', 1, 's1', 5, 4)",
                        "INSERT INTO statement_cancellations VALUES (" + tenant + ", " + user + ", 's1', 6)",
                        "INSERT INTO loads VALUES (" + tenant + ", 'l1', " + user
                                + ", 'admin', 'completed', 'iceberg.shop.orders', 'create', 'o.csv', '{}', 0, 's1', 1, 1, 2, 3, 3,"
                                + " 4, 1.0, '{}', NULL, NULL)",
                        "INSERT INTO uploads VALUES (" + tenant + ", 'u1', " + user + ", '[]', 3, 'h1', NULL, 1, 9)",
                        "INSERT INTO loaded_contents VALUES (" + tenant + ", 'file:/t1', 'create', 'h1', 'l1', 7)",
                        "INSERT INTO table_profiles VALUES (" + tenant + ", 't1', 7, '{}', 1)",
                        "INSERT INTO statement_history VALUES (" + tenant + ", " + user
                                + ", 's1', 'w1', 'admin', 'tarn', 'select 1', 'completed', 1, 2, 1, 1, 0, NULL, NULL, 's1', 1,"
                                + " '[{\"name\":\"iceberg.shop.orders\",\"files\":{\"planned\":1,\"total\":3,"
                                + "\"conditions\":[\"n > 1\"]}}]')",
                        "INSERT INTO scan_plans VALUES (" + tenant + ", 'p1', " + user
                                + ", 't1', 9007199254740993, 0, '{}', 9)",
                        "INSERT INTO table_reports VALUES (" + tenant + ", 'file:/t1', 'r1', 'scan', 1, " + user
                                + ", 'admin', 'spark', 9007199254740993, NULL, 'n > ?', 1000, '{}')",
                        "INSERT INTO jobs VALUES (" + tenant + ", 'j1', 'statement', " + user + ", 'admin', '"
                                + admin.workspaceId()
                                + "', NULL, 'r1', '10.0.0.1', '{\"sql\":\"it''s\"}', 'completed', 2, 2, 0,"
                                + " NULL, NULL, 3, 1.0, 1, 1, 2, 4, 9007199254740993, '{\"rows\":1}', NULL, NULL, 't1')",
                        "INSERT INTO saved_statements VALUES (" + tenant + ", 'v1', " + user
                                + ", 'one', 'the first', 'select 1', '{}', NULL, 1, 1, 1, 1)",
                        "INSERT INTO schedules VALUES (" + tenant + ", 'c1', 'statement', 'v1', " + user
                                + ", 'admin', '"
                                + admin.workspaceId()
                                + "', NULL, 'r1', '10.0.0.1', '{\"sql\":\"it''s\"}', '30 6 * * MON-FRI', 'Europe/Berlin', 0,"
                                + " '2026-01-05T06:30', 1767591000000000, 1)",
                        "INSERT INTO schedule_runs VALUES (" + tenant
                                + ", 'c1', '2026-01-02T06:30', 1767331800000000, 1767331800000001, 0, 'j1', 'failed',"
                                + " 'stopping', 'it''s over', 1, 2)",
                        "INSERT INTO dropped_tables VALUES (" + tenant
                                + ", 'd1', 'shop', 'old', 'file:/m2', 'file:/t2', " + user + ", 'admin', '"
                                + admin.workspaceId() + "', 1, 9007199254740993)",
                        "INSERT INTO upkeep_policies VALUES (" + tenant
                                + ", 'namespace', 'iceberg.shop', '{\"expire\":false}', 'admin', 1)",
                        "INSERT INTO readers VALUES ('s1', 9007199254740993, 2)",
                        "INSERT INTO doomed_files VALUES (" + tenant + ", 'b1', 1, 'file:/t1', '[]', 0)",
                        "INSERT INTO mounted_catalogs VALUES (" + tenant
                                + ", 'hadoop', 'lake', '/tmp/warehouse', NULL, '{}', 'admin', 1)")
                .forEach(sql -> database.client().sql(sql).update()));
    }

    private static String inserts(Database database, String table) {
        return database.client().sql("SELECT * FROM " + table).query().listOfRows().stream()
                .map(row -> "INSERT INTO %s (%s) VALUES (%s);%n"
                        .formatted(
                                table,
                                String.join(", ", row.keySet()),
                                row.values().stream().map(UpgradeTest::literal).collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
    }

    private static String literal(Object value) {
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : String.valueOf(value);
    }
}
