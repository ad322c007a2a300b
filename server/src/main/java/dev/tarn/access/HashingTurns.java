package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few hash passwords at once. Each network has one of its sign-ins in the line at a time, so that of many networks each
 * comes to its turn however many attempts another one makes, and a bounded number that wait for that; more are refused at once.
 */
final class HashingTurns {
    private final Semaphore turns;
    private final long waitNanos;
    private final int waiting;
    private final Map<String, Queue> queues = new ConcurrentHashMap<>();

    HashingTurns(int atOnce, Duration wait, int waiting) {
        this.turns = new Semaphore(atOnce, true);
        this.waitNanos = wait.toNanos();
        this.waiting = waiting;
    }

    /** Those of one network: how many there are, and the one whose turn it is to stand in the line. */
    private static final class Queue {
        private final Semaphore first = new Semaphore(1, true);
        private int length;
    }

    /** Does the work of somebody who is signed in already. */
    <T> T inTurn(Supplier<T> work) {
        return inTurn(turns, System.nanoTime() + waitNanos, work);
    }

    /**
     * Does the work of somebody who signs in.
     *
     * @throws TarnException {@code OVERLOADED} when the turn does not come in time, or too many of that network wait
     */
    <T> T inTurnOf(String network, Supplier<T> work) {
        Queue queue = queues.compute(network, (name, known) -> joined(known == null ? new Queue() : known));
        try {
            long deadline = System.nanoTime() + waitNanos;
            return inTurn(queue.first, deadline, () -> inTurn(turns, deadline, work));
        } finally {
            queues.computeIfPresent(network, (name, known) -> --known.length == 0 ? null : known);
        }
    }

    private Queue joined(Queue queue) {
        if (queue.length > waiting) {
            throw overloaded();
        }
        queue.length++;
        return queue;
    }

    private static <T> T inTurn(Semaphore turns, long deadline, Supplier<T> work) {
        try {
            if (!turns.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw overloaded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(ErrorCode.STOPPING, "The server is stopping; try again in a moment", e);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private static TarnException overloaded() {
        return new TarnException(
                ErrorCode.OVERLOADED, "Too many people sign in at this moment; try again in a few seconds");
    }
}
