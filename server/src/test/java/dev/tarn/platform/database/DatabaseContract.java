package dev.tarn.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/** What stores rely on, on both databases. */
abstract class DatabaseContract {
    private Database database;
    private String url;

    abstract String newUrl();

    @BeforeEach
    void open() {
        url = newUrl();
        database = Database.open(url);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTransactionCommitsAndItsWritesAreReadOutside() {
        int written = database.inTransaction(() -> insert("a"));
        assertThat(written).isEqualTo(1);
        assertThat(names()).containsExactly("a");
    }

    @Test
    void anExceptionRollsBack() {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    insert("a");
                    throw new IllegalStateException("cut off");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void aTransactionInsideAnotherJoinsIt() {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    database.inTransaction(() -> insert("a"));
                    assertThat(names()).containsExactly("a");
                    throw new IllegalStateException("cut off");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void readsOutsideDoNotSeeATransactionUnderWay() {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            database.inTransaction(() -> {
                insert("a");
                assertThat(result(other.submit(this::names))).isEmpty();
            });
        }
        assertThat(names()).containsExactly("a");
    }

    @Test
    void aWriteOutsideATransactionIsRefused() {
        assertThatThrownBy(() -> insert("a")).isInstanceOf(DataAccessException.class);
        database.inTransaction(() -> insert("b"));
        assertThatThrownBy(() -> insert("c")).isInstanceOf(DataAccessException.class);
        assertThat(names()).containsExactly("b");
    }

    @Test
    void aDuplicateKeyIsTold() {
        database.inTransaction(() -> insert("a"));
        assertThatThrownBy(() -> database.inTransaction(() -> insert("a"))).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aMissingForeignKeyIsTold() {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    database.client()
                            .sql(
                                    "INSERT INTO workspaces (tenant_id, workspace_id, name, created_at) VALUES (?, ?, ?, ?)")
                            .params("nobody", "w", "default", 0L)
                            .update();
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void twentyThreadsThatWriteAllSucceed() throws Exception {
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int thread = 0; thread < 20; thread++) {
            int number = thread;
            writers.add(() -> {
                for (int i = 0; i < 20; i++) {
                    String name = number + "-" + i;
                    database.inTransaction(() -> {
                        assertThat(names()).doesNotContain(name);
                        insert(name);
                    });
                    assertThat(names()).contains(name);
                }
                return number;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            for (Future<Integer> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        assertThat(names()).hasSize(400);
    }

    @Test
    void aNewerSchemaIsRefused() {
        database.inTransaction(() -> database.client().sql("""
                        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                            installed_by, execution_time, success)
                        SELECT 1000, '999', 'from the future', 'SQL', 'V999__future.sql', 1, 'x', 1, success
                        FROM flyway_schema_history WHERE version = '1'""").update());
        assertThatThrownBy(() -> Database.open(url).close()).isInstanceOfSatisfying(TarnException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(failure.message()).contains("999").contains("newer Tarn");
        });
    }

    @Test
    void openingAgainKeepsTheRows() {
        database.inTransaction(() -> insert("a"));
        try (Database again = Database.open(url)) {
            assertThat(again.client()
                            .sql("SELECT count(*) FROM tenants")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1L);
        }
    }

    @Test
    void instantsKeepTheirMicroseconds() {
        for (String text :
                List.of("0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.123456Z")) {
            Instant instant = Instant.parse(text);
            assertThat(Database.instant(Database.micros(instant))).isEqualTo(instant);
        }
    }

    private int insert(String name) {
        return database.client()
                .sql("INSERT INTO tenants (tenant_id, name, created_at) VALUES (?, ?, ?)")
                .params(
                        UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString(),
                        name,
                        0L)
                .update();
    }

    private List<String> names() {
        return database.client()
                .sql("SELECT name FROM tenants ORDER BY name")
                .query(String.class)
                .list();
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
