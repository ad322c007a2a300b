package dev.tarn.platform;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How much work of a kind runs and how much may wait; more is refused at once rather than kept until it times out. Owners of work
 * take turns, and one place beyond those that a single owner can fill is for whoever has nothing running: so much work of one
 * owner, however long it takes, does not keep the first of another waiting.
 */
public final class Admission {
    private static final long LOOK_MS = 20;
    /** Queues of single owners that may be full before nobody else may wait. */
    private static final int FULL_QUEUES = 16;

    private static final String NOBODY = "";

    private final String what;
    private final int places;
    private final int queue;
    private final Clock clock;

    private final Map<Object, Integer> running = new HashMap<>();
    /** Those that wait, by owner; whose turn is next stands first. */
    private final LinkedHashMap<Object, Deque<CountDownLatch>> waiting = new LinkedHashMap<>();

    private int busy;
    private int queued;

    /**
     * An empty queue.
     *
     * @param what the work in the plural, for messages
     * @param places how much of it one owner may run at once
     * @param queue how much of one owner may wait
     */
    public Admission(String what, int places, int queue, Clock clock) {
        this.what = what;
        this.places = places;
        this.queue = queue;
        this.clock = clock;
    }

    /** Waits for a place for work that has no owner. */
    public Place enter(Deadline deadline, Cancellation cancellation) {
        return enter(NOBODY, deadline, cancellation);
    }

    /**
     * Waits for a place; the caller closes it.
     *
     * @param owner whose work it is, equal to that of other work of the same
     */
    public Place enter(Object owner, Deadline deadline, Cancellation cancellation) {
        CountDownLatch turn = new CountDownLatch(1);
        if (!takes(owner, turn)) {
            boolean entered = false;
            try {
                await(turn, deadline, cancellation);
                entered = true;
            } finally {
                if (!entered) {
                    giveUp(owner, turn);
                }
            }
        }
        return () -> leave(owner);
    }

    /** Takes a place, or stands in the queue. */
    private synchronized boolean takes(Object owner, CountDownLatch turn) {
        if (mayRun(owner) && !waiting.containsKey(owner)) {
            begin(owner);
            return true;
        }
        Deque<CountDownLatch> line = waiting.get(owner);
        int own = line == null ? 0 : line.size();
        if (own >= queue || queued >= queue * FULL_QUEUES) {
            throw new TarnException(
                    ErrorCode.OVERLOADED,
                    "%d %s are waiting already; try again in a moment".formatted(Math.max(own, queue), what));
        }
        waiting.computeIfAbsent(owner, first -> new ArrayDeque<>()).add(turn);
        queued++;
        return false;
    }

    private boolean mayRun(Object owner) {
        return busy < places || (busy == places && !running.containsKey(owner));
    }

    private void begin(Object owner) {
        running.merge(owner, 1, Integer::sum);
        busy++;
    }

    private synchronized void leave(Object owner) {
        running.computeIfPresent(owner, (same, count) -> count == 1 ? null : count - 1);
        busy--;
        letIn();
    }

    private void letIn() {
        Object next = next();
        while (next != null) {
            Deque<CountDownLatch> line = waiting.remove(next);
            if (line != null) {
                begin(next);
                queued--;
                line.remove().countDown();
                if (!line.isEmpty()) {
                    waiting.put(next, line); // as the last
                }
            }
            next = next();
        }
    }

    private @org.jspecify.annotations.Nullable Object next() {
        return waiting.keySet().stream().filter(this::mayRun).findFirst().orElse(null);
    }

    private synchronized void giveUp(Object owner, CountDownLatch turn) {
        Deque<CountDownLatch> line = waiting.get(owner);
        if (line != null && line.remove(turn)) {
            queued--;
            if (line.isEmpty()) {
                waiting.remove(owner);
            }
        } else {
            leave(owner); // its turn came meanwhile
        }
    }

    private void await(CountDownLatch turn, Deadline deadline, Cancellation cancellation) {
        try {
            while (!turn.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                cancellation.requireWanted();
                if (deadline.left(clock).isZero()) {
                    throw deadline.missed();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(ErrorCode.STOPPING, "The server is stopping; try again later", e);
        }
    }

    /** A place among what runs. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
