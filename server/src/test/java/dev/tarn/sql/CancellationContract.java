package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.database.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Wishes to stop statements, on both databases. */
abstract class CancellationContract extends StoreContract {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private static StatementKey statement(int number) {
        return new StatementKey(new UUID(1, 1), new UUID(2, 2), new UUID(3, number));
    }

    @Test
    void aWishIsTakenOnceByTheServerThatRunsTheStatement() {
        CancellationStore store = new JdbcCancellationStore(database);
        store.ask(statement(1), NOON);
        store.ask(statement(1), NOON);

        assertThat(store.take(Set.of(statement(2)))).isEmpty();
        assertThat(store.isAsked(statement(1))).isTrue();
        assertThat(store.take(Set.of(statement(1), statement(2)))).containsExactly(statement(1));
        assertThat(store.isAsked(statement(1))).isFalse();
        assertThat(store.take(Set.of(statement(1)))).isEmpty();
    }

    @Test
    void aWishCanBeTakenBackAndEndsWithTime() {
        CancellationStore store = new JdbcCancellationStore(database);
        store.ask(statement(1), NOON);
        store.withdraw(statement(1));
        store.ask(statement(2), NOON);
        store.ask(statement(3), NOON.plusSeconds(10));
        store.removeOlderThan(NOON.plusSeconds(5));

        assertThat(List.of(store.isAsked(statement(1)), store.isAsked(statement(2)), store.isAsked(statement(3))))
                .containsExactly(false, false, true);
    }
}
