package dev.tarn.sql;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How many statements run and how many may wait; one more is refused at once rather than kept until it times out. */
final class Admission {
    private static final long LOOK_MS = 20;

    private final Semaphore running;
    private final AtomicInteger waiting = new AtomicInteger();
    private final int queue;
    private final Clock clock;

    Admission(int running, int queue, Clock clock) {
        this.running = new Semaphore(running, true);
        this.queue = queue;
        this.clock = clock;
    }

    /** Waits for a place; the caller closes it. */
    Place enter(Deadline deadline, Cancellation cancellation) {
        if (!running.tryAcquire()) {
            if (waiting.incrementAndGet() > queue) {
                waiting.decrementAndGet();
                throw new TarnException(
                        ErrorCode.OVERLOADED,
                        "%d statements are waiting already; try again in a moment".formatted(queue));
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

    /** A place among the running statements. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
