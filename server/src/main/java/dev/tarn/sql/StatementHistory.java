package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
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
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What was run. Records of up to 200 ms are committed together by one background thread, so that a quick statement costs one
 * row and no wait; a kill may lose those, a stop loses none. A statement that was running when its server died reads failed as
 * soon as the lease of that server has run out, or at the next start where there is one server alone.
 */
public final class StatementHistory implements AutoCloseable {
    static final int LONGEST_TEXT = 100_000;

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration PURGE = Duration.ofHours(1);
    private static final int MOST_WAITING = 10_000;

    private final Access access;
    private final HistoryStore store;
    private final Clock clock;
    private final Duration kept;
    private final String owner;
    private final BlockingQueue<StatementRecord> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Map<StatementKey, StatementRecord> batch = new LinkedHashMap<>();
    private final Repeating writer;
    private Instant nextRenewal = Instant.MIN;
    private Instant nextPurge = Instant.MIN;

    StatementHistory(Access access, Database database, HistoryStore store, Ids ids, Clock clock, Duration kept) {
        this.access = access;
        this.store = store;
        this.clock = clock;
        this.kept = kept;
        this.owner = ids.next().toString();
        if (database.kind() == DatabaseKind.SQLITE) {
            // The lock of the home folder says that no other server lives, so nobody waits for a dead one's lease.
            store.endOthers(owner, clock.instant());
        }
        this.writer = Repeating.start("tarn-history", PAUSE, this::write);
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
        put(record);
        return record;
    }

    void completed(StatementRecord record, long rows, long bytesScanned) {
        end(record, StatementRecord.State.COMPLETED, Optional.of(rows), bytesScanned, Optional.empty());
    }

    void failed(StatementRecord record, TarnException failure) {
        end(
                record,
                failure.code() == ErrorCode.STATEMENT_CANCELLED
                        ? StatementRecord.State.CANCELLED
                        : StatementRecord.State.FAILED,
                Optional.empty(),
                0,
                Optional.of(failure));
    }

    private void end(
            StatementRecord record,
            StatementRecord.State state,
            Optional<Long> rows,
            long bytesScanned,
            Optional<TarnException> failure) {
        Instant now = clock.instant();
        put(record.ended(
                state,
                new StatementRecord.End(
                        now,
                        Duration.between(record.startedAt(), now).toMillis(),
                        rows,
                        bytesScanned,
                        failure.map(e -> e.code().code()),
                        failure.map(TarnException::getMessage))));
    }

    private void put(StatementRecord record) {
        boolean interrupted = false;
        while (true) {
            try {
                waiting.put(record);
                break;
            } catch (InterruptedException e) {
                interrupted = true; // a cancelled statement is in the history all the same
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Commits what waits; the last record of a statement is the true one. */
    private void write() {
        do {
            for (StatementRecord next = waiting.poll(); next != null; next = waiting.poll()) {
                batch.put(next.key(), next);
                if (batch.size() >= MOST_WAITING) {
                    break;
                }
            }
            if (!batch.isEmpty()) {
                store.put(List.copyOf(batch.values()), owner, clock.instant().plus(LEASE));
                batch.clear();
            }
        } while (!waiting.isEmpty());
        upkeep();
    }

    private void upkeep() {
        Instant now = clock.instant();
        if (now.isAfter(nextRenewal)) {
            store.renew(owner, now.plus(LEASE));
            store.endExpired(now);
            nextRenewal = now.plus(RENEWAL);
        }
        if (now.isAfter(nextPurge)) {
            store.purge(now.minus(kept));
            nextPurge = now.plus(PURGE);
        }
    }

    private static String cursor(StatementRecord last) {
        String text = Database.micros(last.startedAt()) + ":" + last.id();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static HistoryStore.Place place(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), java.nio.charset.StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return new HistoryStore.Place(
                    Database.instant(Long.parseLong(text.substring(0, colon))),
                    UUID.fromString(text.substring(colon + 1)));
        } catch (RuntimeException e) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The cursor is not one that this list gave; leave it out to begin at the first page",
                    e);
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}
