package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.StoreContract;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

/** Saved statements' rows, on both databases. */
abstract class SavedStatementContract extends StoreContract {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final UUID TENANT = new UUID(1, 1);
    private static final UUID ANN = new UUID(2, 1);
    private static final UUID BOB = new UUID(2, 2);

    @BeforeEach
    void users() {
        database.inTransaction(() -> {
            database.client()
                    .sql("INSERT INTO tenants (tenant_id, name, created_at) VALUES (?, 't', 0)")
                    .params(TENANT.toString())
                    .update();
            for (UUID user : new UUID[] {ANN, BOB}) {
                database.client()
                        .sql("""
                                INSERT INTO users (tenant_id, user_id, name, folded_name, password_hash, operator, created_at)
                                VALUES (?, ?, ?, ?, '', 0, ?)""")
                        .params(
                                TENANT.toString(),
                                user.toString(),
                                user.equals(ANN) ? "ann" : "bob",
                                user.toString(),
                                Database.micros(NOON))
                        .update();
            }
        });
    }

    private static SavedStatement saved(int number, UUID user, String name, boolean shared) {
        return new SavedStatement(
                new UUID(5, number), user, user.equals(ANN) ? "ann" : "bob", content(name, shared), 1, NOON, NOON);
    }

    private static SavedStatement.Content content(String name, boolean shared) {
        return new SavedStatement.Content(name, "", "select 1", "{}", Optional.empty(), shared);
    }

    @Test
    void ownAndSharedOnesAreListedAndVersionsGuardChanges() {
        SavedStatementStore store = new JdbcSavedStatementStore(database);
        SavedStatement mine = saved(1, ANN, "b mine", false);
        SavedStatement shared = saved(2, BOB, "a shared", true);
        SavedStatement hidden = saved(3, BOB, "c hidden", false);
        database.inTransaction(() -> {
            store.insert(TENANT, mine);
            store.insert(TENANT, shared);
            store.insert(TENANT, hidden);
        });

        assertThat(store.list(TENANT, ANN, Optional.empty(), Optional.empty(), 10))
                .containsExactly(shared, mine);
        assertThat(store.list(TENANT, ANN, Optional.of("MINE"), Optional.empty(), 10))
                .containsExactly(mine);
        assertThat(store.list(
                        TENANT,
                        ANN,
                        Optional.empty(),
                        Optional.of(new SavedStatementStore.Place("a shared", shared.id())),
                        10))
                .containsExactly(mine);
        assertThat(store.find(new UUID(1, 2), mine.id())).isEmpty();
        assertThat(changed(store, mine, 2, "x")).isFalse();
        assertThat(changed(store, mine, 1, "x")).isTrue();
        assertThat(store.find(TENANT, mine.id()).orElseThrow().version()).isEqualTo(2);
        assertThatThrownBy(() -> database.inTransaction(() -> store.insert(TENANT, saved(4, ANN, "x", false))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(database.inTransaction(() -> store.delete(TENANT, mine.id())))
                .isTrue();
        assertThat(database.inTransaction(() -> store.delete(TENANT, mine.id())))
                .isFalse();
    }

    private boolean changed(SavedStatementStore store, SavedStatement saved, int version, String name) {
        return database.inTransaction(() -> store.update(TENANT, saved.id(), version, content(name, true), NOON));
    }
}
