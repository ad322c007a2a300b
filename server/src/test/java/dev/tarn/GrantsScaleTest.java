package dev.tarn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.RunningServer.Reply;
import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a Viewer waits who has a grant for every second of many tables: {@code -Dtarn.scale.tables=10000}. Every tenth grant
 * is one of some columns and rows. Each figure is the median of many calls over HTTP.
 */
@EnabledIfSystemProperty(named = "tarn.scale.tables", matches = "[0-9]+")
class GrantsScaleTest {
    private static final int TABLES = Integer.getInteger("tarn.scale.tables", 10_000);
    private static final int WARMING = 60; // the first calls of a new JVM are interpreted
    private static final int ROUNDS = 31;

    @Test
    void onSqlite(@TempDir Path home) throws IOException {
        try (RunningServer server = RunningServer.start(home)) {
            measure("sqlite", server);
        }
    }

    @Test
    void onPostgres(@TempDir Path home) throws IOException {
        try (RunningServer server = RunningServer.start(home, "tarn.database-url=" + TestDatabases.postgresUrl())) {
            measure("postgresql", server);
        }
    }

    private static void measure(String kind, RunningServer server) throws IOException {
        LimitedUser viewer = LimitedUser.of(server);
        fill(server, viewer);
        timed(kind, "page_of_50_tables", 200, () -> viewer.get("/tarn/v1/tables"));
        timed(kind, "page_of_1000_tables", 200, () -> viewer.get("/tarn/v1/tables?limit=1000"));
        timed(kind, "tables_of_a_namespace", 200, () -> viewer.get("/tarn/v1/tables?namespace=scale_78"));
        timed(kind, "namespaces", 200, () -> viewer.get("/tarn/v1/namespaces"));
        timed(kind, "search", 200, () -> viewer.get("/tarn/v1/search?q=t09"));
        timed(kind, "describe", 200, () -> viewer.get("/tarn/v1/tables/iceberg.scale_00.t00000"));
        timed(kind, "select", 200, () -> select(viewer, "scale_02.t00002"));
        timed(kind, "select_of_some_columns_and_rows", 200, () -> select(viewer, "scale_20.t00020"));
        timed(kind, "select_that_is_refused", 404, () -> select(viewer, "scale_01.t00001"));
        timed(kind, "select_as_admin", 200, () -> server.post("/v1/sql/execute", statement("scale_02.t00002")));
    }

    private static Reply select(LimitedUser viewer, String table) {
        return viewer.post("/v1/sql/execute", statement(table));
    }

    private static String statement(String table) {
        return "{\"statement\": \"SELECT id FROM " + table + "\"}";
    }

    /** One table is loaded; the others are rows with a copy of its metadata file each. */
    private static void fill(RunningServer server, LimitedUser viewer) throws IOException {
        Reply loaded = server.send(
                "POST",
                "/tarn/v1/loads?table=scale_00.t00000",
                "id,name\n1,one\n2,two\n",
                "Authorization",
                "Bearer " + server.key(),
                "Content-Type",
                "text/csv");
        assertThat(loaded.status()).as(loaded.toString()).isEqualTo(200);
        Database database = server.bean(Database.class);
        String location = database.client()
                .sql("SELECT metadata_location FROM iceberg_tables WHERE table_name = 't00000'")
                .query(String.class)
                .single();
        Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        String tenant = server.admin().tenantId().toString();
        Ids ids = new Ids(server.bean(Clock.class), new Random(5));
        for (int from = 0; from < TABLES; from += 1_000) {
            int first = from;
            for (int i = Math.max(1, first); i < Math.min(TABLES, first + 1_000); i++) {
                Files.copy(file, file.resolveSibling(copy(file, i)));
            }
            database.inTransaction(() -> {
                for (int i = first; i < Math.min(TABLES, first + 1_000); i++) {
                    insert(tenant, database, location, file, i);
                    if (i % 2 == 0) {
                        grant(database, ids, viewer, i);
                    }
                }
            });
        }
    }

    private static String copy(Path file, int i) {
        return file.getFileName().toString().replace(".metadata.json", "-" + i + ".metadata.json");
    }

    private static void insert(String tenant, Database database, String location, Path file, int i) {
        if (i == 0) {
            return;
        }
        database.client()
                .sql("""
                        INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location, iceberg_type)
                        VALUES (?, ?, ?, ?, 'TABLE')""")
                .params(
                        tenant,
                        "scale_%02d".formatted(i % 100),
                        "t%05d".formatted(i),
                        location.replace(file.getFileName().toString(), copy(file, i)))
                .update();
    }

    private static void grant(Database database, Ids ids, LimitedUser viewer, int i) {
        database.client()
                .sql("""
                        INSERT INTO grants (tenant_id, grant_id, grantee_kind, grantee, verb, resource, created_at,
                            column_names, row_filter)
                        SELECT tenant_id, ?, 'user', user_id, 'select', ?, 0, ?, ? FROM users WHERE name = ?""")
                .param(ids.next().toString())
                .param("table:iceberg.scale_%02d.t%05d".formatted(i % 100, i))
                .param(i % 10 == 0 && i > 0 ? "[\"id\"]" : null)
                .param(i % 10 == 0 && i > 0 ? "name = 'one'" : null)
                .param(viewer.name())
                .update();
    }

    private static void timed(String kind, String what, int status, Supplier<Reply> call) {
        long[] nanos = new long[ROUNDS];
        for (int i = -WARMING; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            Reply reply = call.get();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begun;
            }
            assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        }
        Arrays.sort(nanos);
        System.out.printf(
                "RESULT grants_%s_%s_of_%d_tables_ms %.1f%n", kind, what, TABLES, nanos[ROUNDS / 2] / 1_000_000.0);
    }
}
