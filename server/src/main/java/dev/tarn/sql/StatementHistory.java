package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.engine.Reading;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.GroupCommit;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.Repeating;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was run. Records are committed in groups (see {@link GroupCommit}), so that a quick statement costs one row and no wait.
 * A statement that was running when its server died reads failed as soon as the lease of that server has run out, or at the
 * next start where there is one server alone. A user keeps the newest statements up to a number; those of users who ran any are
 * counted in the background, so that no statement waits for it.
 */
public final class StatementHistory implements AutoCloseable {
    static final int LONGEST_TEXT = 100_000;

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration PURGE = Duration.ofHours(1);
    private static final int TRIMMED_AT_ONCE = 1_000;
    /** Of one user between two renewals of the lease, which must not wait for a long history. */
    private static final int MOST_TRIMS = 10;

    private final Access access;
    private final HistoryStore store;
    private final Clock clock;
    private final Duration kept;
    private final int keptPerUser;
    private final Set<HistoryOwner> grown = ConcurrentHashMap.newKeySet();
    private final String owner;
    private final GroupCommit<StatementRecord> records;
    private final Repeating upkeep;
    private Instant nextPurge = Instant.MIN;

    StatementHistory(
            Access access,
            Database database,
            HistoryStore store,
            Ids ids,
            Clock clock,
            Duration kept,
            int keptPerUser) {
        this.access = access;
        this.store = store;
        this.clock = clock;
        this.kept = kept;
        this.keptPerUser = keptPerUser;
        this.owner = ids.next().toString();
        if (database.kind() == DatabaseKind.SQLITE) {
            // The lock of the home folder says that no other server lives, so nobody waits for a dead one's lease.
            store.endOthers(owner, clock.instant());
        }
        this.records = new GroupCommit<>("tarn-history", this::write);
        this.upkeep = Repeating.start("tarn-history-upkeep", RENEWAL, this::upkeep);
    }

    /**
     * The statements, newest first.
     *
     * @param everybody those of all users of the tenant, for who may look after them; else the caller's own
     * @param text somewhere in the statement, whatever its case
     */
    public Page<StatementRecord> list(
            Caller caller,
            boolean everybody,
            Optional<StatementRecord.State> state,
            Optional<String> text,
            PageRequest page) {
        access.require(caller, everybody ? Verb.MANAGE : Verb.DESCRIBE, Resource.statement("*"));
        access.requireUnrestricted(caller);
        HistoryStore.Filter filter = new HistoryStore.Filter(
                caller.tenantId(), everybody ? Optional.empty() : Optional.of(caller.userId()), state, text);
        List<StatementRecord> found = store.list(filter, page.cursor().map(StatementHistory::place), page.limit() + 1);
        return Page.of(found, page.limit(), StatementHistory::cursor);
    }

    /**
     * One statement: the caller's own, or anybody's of the tenant for who may look after them.
     *
     * @throws TarnException {@code NOT_FOUND}
     */
    public StatementRecord find(Caller caller, UUID id) {
        access.require(caller, Verb.DESCRIBE, Resource.statement(id.toString()));
        return visible(caller, id)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.NOT_FOUND, "There is no statement %s of yours in the history".formatted(id)));
    }

    /** Statements under way are known after 200 ms at the latest. */
    Optional<StatementRecord> visible(Caller caller, UUID id) {
        List<StatementRecord> named = store.named(caller.tenantId(), id);
        return named.stream()
                .filter(record -> record.userId().equals(caller.userId()))
                .findFirst()
                .or(() -> named.stream()
                        .filter(record -> access.allows(caller, Verb.MANAGE, Resource.statement(id.toString())))
                        .findFirst());
    }

    StatementRecord begin(Caller caller, UUID id, String contract, String sql, Instant at) {
        StatementRecord record = new StatementRecord(
                id,
                caller.tenantId(),
                caller.userId(),
                caller.name(),
                caller.workspaceId(),
                contract,
                sql.length() > LONGEST_TEXT ? sql.substring(0, LONGEST_TEXT) : sql,
                StatementRecord.State.RUNNING,
                at,
                Optional.empty());
        records.add(record);
        return record;
    }

    void completed(StatementRecord record, long rows, Reading reading) {
        end(record, StatementRecord.State.COMPLETED, Optional.of(rows), reading, Optional.empty());
    }

    /** {@link #completed} in the transaction that makes the statement's effect true. */
    void completedTogether(StatementRecord record, long rows, Reading reading) {
        StatementRecord ended =
                ended(record, StatementRecord.State.COMPLETED, Optional.of(rows), reading, Optional.empty());
        store.put(List.of(ended), owner, clock.instant().plus(LEASE));
    }

    void failed(StatementRecord record, TarnException failure) {
        end(
                record,
                failure.code() == ErrorCode.STATEMENT_CANCELLED
                        ? StatementRecord.State.CANCELLED
                        : StatementRecord.State.FAILED,
                Optional.empty(),
                Reading.NONE,
                Optional.of(failure));
    }

    private void end(
            StatementRecord record,
            StatementRecord.State state,
            Optional<Long> rows,
            Reading reading,
            Optional<TarnException> failure) {
        records.add(ended(record, state, rows, reading, failure));
    }

    private StatementRecord ended(
            StatementRecord record,
            StatementRecord.State state,
            Optional<Long> rows,
            Reading reading,
            Optional<TarnException> failure) {
        Instant now = clock.instant();
        return record.ended(
                state,
                new StatementRecord.End(
                        now,
                        Duration.between(record.startedAt(), now).toMillis(),
                        rows,
                        reading,
                        failure.map(e -> e.code().code()),
                        failure.map(TarnException::getMessage)));
    }

    /** The last record of a statement is the true one, so one that began and ended meanwhile is written once. */
    private void write(List<StatementRecord> batch) {
        Map<StatementKey, StatementRecord> last = new LinkedHashMap<>();
        batch.forEach(record -> last.put(record.key(), record));
        store.put(List.copyOf(last.values()), owner, clock.instant().plus(LEASE));
        batch.forEach(record -> grown.add(new HistoryOwner(record.tenantId(), record.userId())));
    }

    /** Whose history it is. */
    private record HistoryOwner(UUID tenantId, UUID userId) {}

    private void upkeep() {
        Instant now = clock.instant();
        store.renew(owner, now.plus(LEASE));
        store.endExpired(now);
        if (now.isAfter(nextPurge)) {
            store.purge(now.minus(kept));
            nextPurge = now.plus(PURGE);
        }
        for (HistoryOwner user : List.copyOf(grown)) {
            grown.remove(user);
            if (!trimmed(user)) {
                grown.add(user);
            }
        }
    }

    private boolean trimmed(HistoryOwner user) {
        for (int trims = 0; trims < MOST_TRIMS; trims++) {
            if (store.trim(user.tenantId(), user.userId(), keptPerUser, TRIMMED_AT_ONCE) < TRIMMED_AT_ONCE) {
                return true;
            }
        }
        return false;
    }

    private static String cursor(StatementRecord last) {
        return Database.micros(last.startedAt()) + ":" + last.id();
    }

    private static HistoryStore.Place place(String cursor) {
        int colon = cursor.indexOf(':');
        try {
            return new HistoryStore.Place(
                    Database.instant(Long.parseLong(cursor.substring(0, Math.max(0, colon)))),
                    UUID.fromString(cursor.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw PageRequest.unknownCursor(e);
        }
    }

    @Override
    public void close() {
        upkeep.close();
        records.close();
    }
}
