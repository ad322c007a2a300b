package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.Reading;
import dev.tarn.platform.database.StoreContract;
import dev.tarn.sql.HistoryStore.Filter;
import dev.tarn.sql.StatementRecord.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The history's rows, on both databases. */
abstract class HistoryContract extends StoreContract {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final UUID TENANT = new UUID(1, 1);

    private static final Reading READING = new Reading(
            9,
            List.of(
                    new Reading.TableRead("iceberg.a.t", Optional.of(new Reading.FilesRead(1, 3, List.of("n > 1")))),
                    new Reading.TableRead("iceberg.a.hidden", Optional.empty())));

    private static StatementRecord record(int number, int user, String sql) {
        return new StatementRecord(
                new UUID(3, number),
                TENANT,
                new UUID(2, user),
                "user" + user,
                new UUID(4, 4),
                "tarn",
                sql,
                State.RUNNING,
                NOON.plusSeconds(number),
                Optional.empty());
    }

    private static StatementRecord done(StatementRecord record) {
        return record.ended(
                State.COMPLETED,
                new StatementRecord.End(
                        NOON.plusSeconds(60), 5, Optional.of(7L), READING, Optional.empty(), Optional.empty()));
    }

    private static Filter all() {
        return new Filter(TENANT, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void recordsAreWrittenOverAndListedNewestFirst() {
        HistoryStore store = new JdbcHistoryStore(database);
        StatementRecord one = record(1, 1, "select 100%");
        StatementRecord two = record(2, 2, "select TWO");
        store.put(List.of(one, two), "me", NOON.plusSeconds(30));
        store.put(List.of(done(one)), "me", NOON.plusSeconds(30));

        assertThat(store.list(all(), Optional.empty(), 10)).containsExactly(two, done(one));
        assertThat(store.list(all(), Optional.of(new HistoryStore.Place(two.startedAt(), two.id())), 10))
                .containsExactly(done(one));
        assertThat(store.list(
                        new Filter(TENANT, Optional.of(two.userId()), Optional.of(State.RUNNING), Optional.of("two")),
                        Optional.empty(),
                        10))
                .containsExactly(two);
        assertThat(store.list(
                        new Filter(TENANT, Optional.empty(), Optional.empty(), Optional.of("0%")),
                        Optional.empty(),
                        10))
                .containsExactly(done(one));
        assertThat(store.list(
                        new Filter(new UUID(1, 2), Optional.empty(), Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        10))
                .isEmpty();
        assertThat(store.named(TENANT, one.id())).containsExactly(done(one));
        assertThat(store.named(new UUID(1, 2), one.id())).isEmpty();
    }

    @Test
    void whatRunsUnderADeadLeaseHasFailed() {
        HistoryStore store = new JdbcHistoryStore(database);
        store.endOthers("nobody", NOON);
        store.purge(NOON.plusSeconds(1_000));
        store.put(List.of(record(1, 1, "a"), done(record(2, 1, "b"))), "dead", NOON);
        store.put(List.of(record(3, 1, "c")), "alive", NOON);
        store.renew("alive", NOON.plusSeconds(100));
        store.endExpired(NOON.plusSeconds(50));

        assertThat(store.list(all(), Optional.empty(), 10))
                .extracting(StatementRecord::state)
                .containsExactly(State.RUNNING, State.COMPLETED, State.FAILED);
        assertThat(store.named(TENANT, new UUID(3, 1))
                        .getFirst()
                        .end()
                        .orElseThrow()
                        .errorCode())
                .contains("stopping");
        store.endOthers("nobody", NOON.plusSeconds(50));
        store.purge(NOON.plusSeconds(3));
        assertThat(store.list(all(), Optional.empty(), 10))
                .extracting(record -> record.id().getLeastSignificantBits())
                .containsExactly(3L);
    }

    @Test
    void theOldestOfAUserGoFirstAndWhatRunsStays() {
        HistoryStore store = new JdbcHistoryStore(database);
        UUID tenant = new UUID(1, 7);
        List<StatementRecord> records = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            StatementRecord record = of(tenant, record(number, 1, "select " + number));
            records.add(number == 1 ? record : done(record));
            records.add(done(of(tenant, record(100 + number, 2, "another's"))));
        }
        store.put(records, "me", NOON);

        assertThat(store.trim(tenant, new UUID(2, 1), 10, 100)).isZero();
        assertThat(store.trim(tenant, new UUID(2, 1), 6, 3)).isEqualTo(3);
        assertThat(store.trim(tenant, new UUID(2, 1), 6, 3)).isEqualTo(1);
        assertThat(store.trim(tenant, new UUID(2, 1), 6, 3)).isZero();
        Filter ones = new Filter(tenant, Optional.of(new UUID(2, 1)), Optional.empty(), Optional.empty());
        assertThat(store.list(ones, Optional.empty(), 100))
                .extracting(record -> record.id().getLeastSignificantBits())
                .containsExactly(9L, 8L, 7L, 6L, 5L, 1L);
        assertThat(store.trim(new UUID(1, 8), new UUID(2, 1), 1, 100)).isZero();
        Filter others = new Filter(tenant, Optional.of(new UUID(2, 2)), Optional.empty(), Optional.empty());
        assertThat(store.list(others, Optional.empty(), 100)).hasSize(10);
    }

    private static StatementRecord of(UUID tenant, StatementRecord record) {
        return new StatementRecord(
                record.id(),
                tenant,
                record.userId(),
                record.userName(),
                record.workspaceId(),
                record.contract(),
                record.statement(),
                record.state(),
                record.startedAt(),
                record.end());
    }

    /** One text that a database does not take would keep every later statement of the server from the history. */
    @Test
    void anyTextIsTaken() {
        HistoryStore store = new JdbcHistoryStore(database);
        UUID tenant = new UUID(1, 9);
        StatementRecord odd = new StatementRecord(
                new UUID(3, 9),
                tenant,
                new UUID(2, 9),
                "ada",
                new UUID(4, 4),
                "tarn",
                "select '\0\uD83D', '\uD83D\uDE00'",
                State.FAILED,
                NOON,
                Optional.of(new StatementRecord.End(
                        NOON, 5, Optional.empty(), Reading.NONE, Optional.of("syntax_error"), Optional.of("near \0"))));
        store.put(List.of(odd), "me", NOON);

        StatementRecord kept = store.named(tenant, odd.id()).getFirst();
        assertThat(kept.statement()).isEqualTo("select '\uFFFD\uFFFD', '\uD83D\uDE00'");
        assertThat(kept.end().orElseThrow().errorDetail()).contains("near \uFFFD");
        Filter byText = new Filter(tenant, Optional.empty(), Optional.empty(), Optional.of("'\0"));
        assertThat(store.list(byText, Optional.empty(), 10)).hasSize(1);
    }
}
