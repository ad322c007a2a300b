package dev.tarn.usage;

import dev.tarn.platform.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of wishes to the database: one thread commits those of all keys that wait at a time, so that many small plans cost one
 * commit. No call waits longer than a second for it; a database that does not answer is left alone for a while, and callers
 * count by themselves meanwhile.
 */
final class RateLedger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RateLedger.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int AT_ONCE = 500;

    private final Database database;
    private final RateStore store;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Asked> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean away;
    private volatile long awaySince;

    RateLedger(Database database, RateStore store) {
        this(database, store, System::nanoTime);
    }

    RateLedger(Database database, RateStore store, LongSupplier nanoTime) {
        this.database = database;
        this.store = store;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofPlatform().daemon().name("tarn-rates").start(this::work);
    }

    private record Asked(List<RateStore.Wish> wishes, CompletableFuture<List<RateStore.Grant>> answer) {}

    /** What the wishes bring; empty when the database does not say. */
    Optional<List<RateStore.Grant>> take(List<RateStore.Wish> wishes) {
        if (closed || (away && nanoTime.getAsLong() - awaySince < PAUSE_NANOS)) {
            return Optional.empty();
        }
        Asked asked = new Asked(wishes, new CompletableFuture<>());
        waiting.add(asked);
        try {
            List<RateStore.Grant> grants = asked.answer().get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            away = false;
            return Optional.of(grants);
        } catch (TimeoutException | ExecutionException e) {
            asked.answer().cancel(false);
            awaySince = nanoTime.getAsLong();
            if (!away) {
                LOG.warn("Calls of keys are counted by this server alone for now: the database does not answer", e);
            }
            away = true;
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void work() {
        List<Asked> batch = new ArrayList<>();
        while (!closed) {
            try {
                batch.add(waiting.take());
            } catch (InterruptedException e) {
                return; // nobody interrupts it but the end of the process
            }
            waiting.drainTo(batch, AT_ONCE - 1);
            batch.removeIf(asked -> asked.answer().isDone());
            commit(batch);
            batch.clear();
        }
    }

    /** In the order of keys, so that two servers never wait for each other's rows. */
    private void commit(List<Asked> batch) {
        batch.sort(Comparator.comparing(asked -> asked.wishes().getFirst().keyId()));
        try {
            List<List<RateStore.Grant>> grants = database.inTransaction(() ->
                    batch.stream().map(asked -> store.take(asked.wishes())).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(grants.get(i));
            }
        } catch (RuntimeException e) {
            batch.forEach(asked -> asked.answer().completeExceptionally(e));
        }
    }

    @Override
    public void close() {
        closed = true;
        CompletableFuture<List<RateStore.Grant>> nothing = new CompletableFuture<>();
        nothing.cancel(false);
        waiting.add(new Asked(List.of(), nothing)); // wakes it
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
