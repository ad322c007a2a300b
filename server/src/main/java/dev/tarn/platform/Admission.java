package dev.tarn.platform;

import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How much work of a kind runs and how much may wait; more is refused at once rather than kept until it times out. */
public final class Admission {
    private static final long LOOK_MS = 20;

    private final String what;
    private final Semaphore running;
    private final AtomicInteger waiting = new AtomicInteger();
    private final int queue;
    private final Clock clock;

    /**
     * An empty queue.
     *
     * @param what the work in the plural, for messages
     * @param running how much of it may run at once
     * @param queue how much may wait
     */
    public Admission(String what, int running, int queue, Clock clock) {
        this.what = what;
        this.running = new Semaphore(running, true);
        this.queue = queue;
        this.clock = clock;
    }

    /** Waits for a place; the caller closes it. */
    public Place enter(Deadline deadline, Cancellation cancellation) {
        if (!running.tryAcquire()) {
            if (waiting.incrementAndGet() > queue) {
                waiting.decrementAndGet();
                throw new TarnException(
                        ErrorCode.OVERLOADED,
                        "%d %s are waiting already; try again in a moment".formatted(queue, what));
            }
            try {
                await(deadline, cancellation);
            } finally {
                waiting.decrementAndGet();
            }
        }
        return running::release;
    }

    private void await(Deadline deadline, Cancellation cancellation) {
        try {
            while (!running.tryAcquire(LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (cancellation.requested()) {
                    throw cancellation.failure();
                }
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
