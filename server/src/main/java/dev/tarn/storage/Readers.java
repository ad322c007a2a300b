package dev.tarn.storage;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.DatabaseKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read at this moment, on all servers, so that no file goes that somebody may have planned to read.
 *
 * <p>Files are given up in a transaction that raises the database's <i>epoch</i> ({@link DoomedFiles}). Each server looks at the
 * epoch now and then, and whatever it begins to read afterwards finds tables as that transaction has left them, or newer. So a
 * reading is known by the epoch that its server had seen when it began, in memory, and a server has one row: the epoch of the
 * oldest reading that still runs, or the one that it has seen. What was given up at an epoch may go as soon as no living server's
 * row is older. Clocks count for one thing alone: a server that is silent beyond the lease is dead, and its readings are over.
 * Servers' clocks may differ by less than the lease.
 */
public final class Readers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final int BEATS = 3;

    private final ReaderStore store;
    private final Clock clock;
    private final Duration lease;
    private final String server;
    private final NavigableMap<Long, Integer> running = new TreeMap<>();
    private long seen;
    private long published = -1;
    private Instant leaseUntil = Instant.EPOCH;

    Readers(ReaderStore store, Ids ids, Clock clock) {
        this(store, ids, clock, WriteIntents.LEASE);
    }

    Readers(ReaderStore store, Ids ids, Clock clock, Duration lease) {
        this.store = store;
        this.clock = clock;
        this.lease = lease;
        this.server = ids.next().toString();
    }

    /** Something that is read; it is over when this is closed. */
    public interface Registered extends AutoCloseable {
        @Override
        void close();
    }

    /** Begins to read: before a table is looked up, until the last byte of its files was read. */
    public synchronized Registered begin() {
        long began = seen;
        running.merge(began, 1, Integer::sum);
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (!over.getAndSet(true)) {
                end(began);
            }
        };
    }

    private synchronized void end(long began) {
        running.computeIfPresent(began, (epoch, count) -> count == 1 ? null : count - 1);
    }

    /** To be called before the first reading. On SQLite no other server lives: the lock of the home folder proves it. */
    public void recover(DatabaseKind kind) {
        switch (kind) {
            case SQLITE -> store.removeOthers(server);
            case POSTGRESQL -> store.removeDead(clock.instant());
        }
        beat();
    }

    /** Looks at the epoch, and says how old what is read here is; when there is nothing new to say, rarely. */
    void beat() {
        long epoch = store.epoch();
        Instant now = clock.instant();
        long oldest;
        boolean due;
        synchronized (this) {
            seen = Math.max(seen, epoch);
            oldest = oldest();
            due = oldest != published
                    || leaseUntil.minus(lease.dividedBy(BEATS).multipliedBy(2)).isBefore(now);
        }
        if (due) {
            store.publish(server, oldest, now.plus(lease));
            synchronized (this) {
                published = oldest;
                leaseUntil = now.plus(lease);
            }
        }
    }

    private long oldest() {
        return running.isEmpty() ? seen : running.firstKey();
    }

    /** What was given up at this epoch or before is read by nobody. */
    long unread() {
        beat(); // before others' rows are read: a server that is not there yet reads what it finds after this epoch
        long others = store.oldestOfOthers(server, clock.instant()).orElse(Long.MAX_VALUE);
        synchronized (this) {
            return Math.min(others, oldest());
        }
    }

    /** {@link #beat} that is tried again later when it fails. */
    void tryBeat() {
        try {
            beat();
        } catch (RuntimeException e) {
            LOG.warn("What is read here could not be told to other servers; trying again", e);
        }
    }

    @Override
    public void close() {
        try {
            store.remove(server);
        } catch (RuntimeException e) {
            LOG.debug("Other servers find out by themselves that nothing is read here any more", e);
        }
    }
}
