package dev.tarn.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.RunningServer;
import dev.tarn.RunningServer.Reply;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableName;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Rows that are in no file any more, of whatever version, and expiry and orphan files as tasks. */
class ErasureTest {
    private static final RunningServer SERVER = RunningServer.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    /** Short enough for every place that keeps values. */
    private static final String SECRET = "zq-secret";

    private static Reply sql(String text) {
        Reply reply = SERVER.post(
                "/v1/sql/execute",
                JSON.writeValueAsString(JSON.createObjectNode().put("statement", text)));
        assertThat(reply.status()).as(text + ": " + reply.body()).isEqualTo(200);
        return reply;
    }

    private static Map<String, Object> done(String table, UpkeepTask task) {
        return SERVER.bean(Upkeep.class)
                .run(SERVER.admin(), TableName.parse(table), task)
                .result()
                .orElseThrow();
    }

    private static void fails(ErrorCode code, String part, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TarnException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.message()).contains(part);
        });
    }

    private static Path folder(String table) {
        return SERVER.bean(Warehouse.class)
                .path(SERVER.bean(TableInspection.class)
                        .manage(SERVER.admin(), TableName.parse(table))
                        .table()
                        .location());
    }

    /** How many files of a table hold the text. */
    private static long holding(String table) throws IOException {
        try (Stream<Path> files = Files.walk(folder(table))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".json"))
                    .filter(ErasureTest::holds)
                    .count();
        }
    }

    private static boolean holds(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Versions of all kinds: rows deleted by notes beside their file, updated, and under a tag. */
    private static void make(String table) {
        sql(
                "CREATE TABLE %s (id BIGINT, name STRING) TBLPROPERTIES ('format-version'='3', 'write.delete.mode'='merge-on-read', 'write.update.mode'='copy-on-write', 'write.parquet.compression-codec'='uncompressed')"
                        .formatted(table));
        sql("INSERT INTO %s VALUES (1, '%s'), (2, 'b')".formatted(table, SECRET));
        sql("INSERT INTO %s VALUES (3, 'c')".formatted(table));
        sql("ALTER TABLE %s CREATE TAG other".formatted(table));
        sql("INSERT INTO %s VALUES (4, '%s'), (5, 'e')".formatted(table, SECRET));
        sql("DELETE FROM %s WHERE id = 1".formatted(table));
        sql("UPDATE %s SET name = 'cc' WHERE id = 3".formatted(table));
    }

    @Test
    void rowsGoFromAllThatATableHas() throws IOException {
        String table = "iceberg.erasures.people";
        sql("CREATE SCHEMA IF NOT EXISTS iceberg.erasures");
        make(table);
        assertThat(holding(table)).isPositive();
        UpkeepTask.Erase careful = new UpkeepTask.Erase("name = '" + SECRET + "'", false);
        fails(ErrorCode.CONFLICT, "tag other", () -> done(table, careful));
        assertThat(sql("SELECT count(*) AS n FROM " + table)
                        .json()
                        .at("/rows/0/n")
                        .asInt())
                .isEqualTo(4);

        Map<String, Object> report = done(table, new UpkeepTask.Erase("name = '" + SECRET + "'", true));

        assertThat(holding(table)).isZero();
        assertThat(report).containsEntry("erased_rows", 1).containsEntry("dropped_references", List.of("other"));
        assertThat(report).containsEntry("waiting_files", 0);
        assertThat((Integer) report.get("checked_files")).isGreaterThanOrEqualTo(4);
        assertThat(String.valueOf(report.get("files"))).contains("became=deleted", "became=rewritten");
        assertThat((Integer) report.get("rewritten_files")).isPositive();
        assertThat(sql("SELECT id, name FROM " + table + " ORDER BY id").json().get("rows"))
                .hasToString("[{\"id\":2,\"name\":\"b\"},{\"id\":3,\"name\":\"cc\"},{\"id\":5,\"name\":\"e\"}]");
        assertThat(done(table, careful)).containsEntry("erased_rows", 0);
    }

    @Test
    void whatIsNoConditionIsRefused() {
        String table = "iceberg.erasures.kept";
        sql("CREATE SCHEMA IF NOT EXISTS iceberg.erasures");
        sql("CREATE TABLE %s (id BIGINT)".formatted(table));
        fails(
                ErrorCode.INVALID_REQUEST,
                "where must be a condition",
                () -> done(table, new UpkeepTask.Erase("id IN (SELECT 1)", false)));
        assertThat(done(table, new UpkeepTask.Erase("CAST(id AS STRING) = 'select it'", false)))
                .as("the word is in a text")
                .containsEntry("erased_rows", 0);
        fails(ErrorCode.BINDING_ERROR, "", () -> done(table, new UpkeepTask.Erase("nothing = 1", false)));
        fails(ErrorCode.SYNTAX_ERROR, "", () -> done(table, new UpkeepTask.Erase("id = ", false)));
        assertThat(done(table, new UpkeepTask.Erase("id = 1", false))).containsEntry("checked_files", 0);
    }

    @Test
    void versionsExpireAndOrphansGoAsTasks() {
        String table = "iceberg.erasures.expiring";
        sql("CREATE SCHEMA IF NOT EXISTS iceberg.erasures");
        sql("CREATE TABLE %s (id BIGINT)".formatted(table));
        for (int i = 0; i < 4; i++) {
            sql("INSERT OVERWRITE %s VALUES (%d)".formatted(table, i));
        }
        Map<String, Object> preview = done(table, new UpkeepTask.Expire(2, null, true));
        assertThat(preview).containsEntry("expired_count", 3).containsEntry("dry_run", true);

        Map<String, Object> expired = done(table, new UpkeepTask.Expire(2, null, false));

        assertThat(expired)
                .containsEntry("expired_count", 3)
                .containsEntry("remaining_count", 2)
                .containsEntry("deleted_data_files", 2)
                .containsEntry("waiting_files", 0)
                .containsEntry("freed_bytes", preview.get("freed_bytes"));
        assertThat(done(table, new UpkeepTask.RemoveOrphans(null, true))).containsEntry("orphan_count", 0);
        fails(ErrorCode.INVALID_REQUEST, "retain_last", () -> done(table, new UpkeepTask.Expire(0, null, false)));
        fails(
                ErrorCode.INVALID_REQUEST,
                "at least a day ago",
                () -> done(
                        table,
                        new UpkeepTask.RemoveOrphans(SERVER.bean(Clock.class).instant(), false)));
    }
}
