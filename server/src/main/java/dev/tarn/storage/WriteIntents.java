package dev.tarn.storage;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.DatabaseKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a cut-off write leaves is known before it is written. A write begins with a row here; the names of all its files
 * begin with the row's id; the transaction that makes them part of a table removes the row. So a row that is still here,
 * and whose writer lives no more, names garbage, and nothing has ever to be listed to find it.
 *
 * <p>Rows are leased. A server renews its own six times a lease; one whose lease has ended is taken over and cleaned
 * by any server. A writer that was taken for dead cannot commit: {@link #clear} fails when the row is not its own any more.
 * On SQLite the lock of the home folder proves that no other server lives, so at start all rows of others are taken at once.
 * Servers' clocks may differ by less than the lease.
 */
public final class WriteIntents implements AutoCloseable {
    /** How long a writer may be silent before its write is cleaned, unless a setting says otherwise. */
    public static final Duration LEASE = Duration.ofSeconds(90);

    private static final int BEATS = 6;

    /** How long a write that nobody renews may take from its first file to its commit. */
    public static final Duration BRIEF_LEASE = Duration.ofMinutes(15);

    /** How often a server says that it lives, with that lease. */
    public static final Duration HEARTBEAT = LEASE.dividedBy(BEATS);

    /** How long a client may fill the place of a table that it makes. */
    public static final Duration CLIENT_LEASE = Duration.ofDays(1);

    /** Who holds a write that a client has begun and another request will end, on whatever server. */
    private static final String CLIENT = "client";

    private static final Logger LOG = LoggerFactory.getLogger(WriteIntents.class);
    private static final int BATCH = 100;

    private final WriteIntentStore store;
    private final TableFiles files;
    private final Ids ids;
    private final Clock clock;
    private final Duration lease;
    private final String server;
    private final String brief;
    private final String cleaner;
    private final Set<WriteIntent> givenUp = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService heartbeat;

    WriteIntents(WriteIntentStore store, TableFiles files, Ids ids, Clock clock) {
        this(store, files, ids, clock, LEASE);
    }

    WriteIntents(WriteIntentStore store, TableFiles files, Ids ids, Clock clock, Duration lease) {
        this.store = store;
        this.files = files;
        this.ids = ids;
        this.clock = clock;
        this.lease = lease;
        this.server = ids.next().toString();
        this.brief = server + "/brief";
        this.cleaner = server + "/cleaner";
    }

    /**
     * Begins a write, whose lease is renewed until it is cleared or aborted. The row is committed when this returns, unless
     * the caller is in a transaction.
     *
     * @param newTable the table does not exist yet: without a commit its whole location is deleted
     */
    public WriteIntent begin(UUID tenantId, String table, String location, boolean newTable) {
        return insert(new WriteIntent(tenantId, ids.next(), table, location, newTable, server), lease);
    }

    /** Begins a write that must be cleared within {@link #BRIEF_LEASE}, for writers that nobody closes. */
    public WriteIntent beginBrief(UUID tenantId, String table, String location) {
        return insert(new WriteIntent(tenantId, ids.next(), table, location, false, brief), BRIEF_LEASE);
    }

    /**
     * Gives a client the place of a table that it makes: it writes files there by itself, and commits within {@link
     * #CLIENT_LEASE}, or they go.
     */
    public WriteIntent beginOfClient(UUID tenantId, String table, String location) {
        return insert(new WriteIntent(tenantId, ids.next(), table, location, true, CLIENT), CLIENT_LEASE);
    }

    /** In a commit's transaction: what is at a location is of use for a while longer, to whoever gives it that name again. */
    public void leave(UUID tenantId, String table, String location, Duration time) {
        insert(new WriteIntent(tenantId, ids.next(), table, location, true, CLIENT), time);
    }

    /** The writes under way to a table, whoever holds them. */
    public List<WriteIntent> open(UUID tenantId, String location) {
        return store.at(tenantId, location);
    }

    /** The write of a client's whose place that is. */
    public Optional<WriteIntent> staged(UUID tenantId, String table, String location) {
        return store.of(tenantId, table, CLIENT).stream()
                .filter(intent -> intent.location().equals(location))
                .findFirst();
    }

    /** In a commit's transaction: what is at a location is of no use from then on. Afterwards {@link #clean} removes it. */
    public WriteIntent discard(UUID tenantId, String table, String location) {
        return insert(new WriteIntent(tenantId, ids.next(), table, location, true, cleaner), lease);
    }

    /**
     * In a commit's transaction: the write's files belong to the table from then on.
     *
     * @return false when the intent was taken over because its lease had ended; the transaction must roll back
     */
    public boolean clear(WriteIntent intent) {
        return store.remove(intent);
    }

    /**
     * Whether a write whose commit ended without a clear answer is still open. The answer is final: a commit that the
     * database is still working on is waited for.
     */
    public boolean isOpen(WriteIntent intent) {
        return store.hand(intent, intent.holder(), clock.instant().plus(lease));
    }

    /**
     * Gives a write up: removes its files, then its row. Does nothing after a commit. A failure (a full disk has no room to
     * change the row either) is tried again at every heartbeat: until then the row is this server's, and its lease is renewed.
     */
    public void abort(WriteIntent intent) {
        try {
            if (store.hand(intent, cleaner, clock.instant().plus(lease))) {
                remove(intent.heldBy(cleaner));
            }
            givenUp.remove(intent);
        } catch (RuntimeException e) {
            givenUp.add(intent);
            LOG.warn("What write {} left at {} is removed later", intent.id(), intent.table(), e);
        }
    }

    /** Removes the files of a write that {@link #clear} refused, which were perhaps written after the clean-up. */
    public void removeRefused(WriteIntent intent) {
        try {
            removeFiles(intent);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Some files of write {}, which was silent for too long, stay at {}",
                    intent.id(),
                    intent.table(),
                    e);
        }
    }

    /** Removes what {@link #discard} named, after that transaction; a failure is left to the next sweep. */
    public void clean(WriteIntent discarded) {
        try {
            remove(discarded);
        } catch (RuntimeException e) {
            LOG.warn("What is of no use at {} is removed later", discarded.table(), e);
        }
    }

    /** Cleans what servers that live no more have left; to be called before the first write. */
    public int recover(DatabaseKind kind) {
        return switch (kind) {
            case SQLITE -> {
                List<WriteIntent> left = store.heldByOthers(server, CLIENT, Integer.MAX_VALUE);
                yield (int) left.stream().filter(this::takeFromTheDead).count();
            }
            case POSTGRESQL -> sweep();
        };
    }

    /** Cleans writes whose lease has ended, of any server; returns how many. */
    public int sweep() {
        Instant now = clock.instant();
        return (int) store.expired(now, BATCH).stream()
                .filter(intent -> takeExpired(intent, now))
                .count();
    }

    /** Starts to renew leases and to sweep. */
    public synchronized void start() {
        if (heartbeat != null) {
            return;
        }
        heartbeat = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("write-intents").factory());
        long pause = lease.dividedBy(BEATS).toMillis();
        ScheduledFuture<?> beat = heartbeat.scheduleAtFixedRate(this::beat, pause, pause, TimeUnit.MILLISECONDS);
        LOG.debug("Leases of writes are renewed: {}", beat);
    }

    /** Extends the leases of this server's writes. */
    void renew() {
        store.renew(server, clock.instant().plus(lease));
    }

    /** Tries again what {@link #abort} could not do. */
    void retry() {
        givenUp.forEach(this::abort);
    }

    @Override
    public synchronized void close() {
        if (heartbeat != null) {
            heartbeat.shutdownNow();
        }
    }

    private void beat() {
        try {
            renew();
            retry();
            sweep();
        } catch (RuntimeException e) {
            LOG.warn("Leases of writes could not be renewed; trying again", e);
        }
    }

    private WriteIntent insert(WriteIntent intent, Duration time) {
        Instant now = clock.instant();
        store.insert(intent, now.plus(time), now);
        return intent;
    }

    private boolean takeFromTheDead(WriteIntent intent) {
        try {
            return store.hand(intent, cleaner, clock.instant().plus(lease)) && remove(intent.heldBy(cleaner));
        } catch (RuntimeException e) {
            LOG.warn("What write {} left at {} is removed later", intent.id(), intent.table(), e);
            return false;
        }
    }

    private boolean takeExpired(WriteIntent intent, Instant now) {
        try {
            return store.takeExpired(intent, now, cleaner, now.plus(lease)) && remove(intent.heldBy(cleaner));
        } catch (RuntimeException e) {
            LOG.warn("What write {} left at {} is removed later", intent.id(), intent.table(), e);
            return false;
        }
    }

    private boolean remove(WriteIntent intent) {
        removeFiles(intent);
        return store.remove(intent);
    }

    private void removeFiles(WriteIntent intent) {
        if (intent.wholeLocation()) {
            files.deleteTree(intent.location());
        } else {
            files.deleteByPrefix(intent.location() + "/data", intent.filePrefix());
            files.deleteByPrefix(intent.location() + "/metadata", intent.filePrefix());
        }
    }
}
