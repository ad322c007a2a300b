package dev.tarn.platform;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server takes work. It starts, is ready, and at last stops: nothing new begins then, what runs gets time to end,
 * and what has not ended is told to by those who {@linkplain #whenOutOfTime registered} for it.
 */
public final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** The server's life. */
    public enum State {
        STARTING,
        READY,
        STOPPING
    }

    private final List<Runnable> outOfTime = new CopyOnWriteArrayList<>();
    private State state = State.STARTING;
    private int running;

    /** The state now. */
    public synchronized State state() {
        return state;
    }

    /** From now on the server is ready, unless it is stopping already. */
    public synchronized void ready() {
        if (state == State.STARTING) {
            state = State.READY;
        }
    }

    /** Notes that a piece of work begins, or says no because the server is stopping; each yes needs one {@link #leave}. */
    public synchronized boolean enter() {
        if (state == State.STOPPING) {
            return false;
        }
        running++;
        return true;
    }

    /** Notes that a piece of work has ended. */
    public synchronized void leave() {
        running--;
        notifyAll();
    }

    /** What ends work that is still running when a stop has no more time: it must make its callers answer soon. */
    public void whenOutOfTime(Runnable action) {
        outOfTime.add(action);
    }

    /** Takes no more work, and returns when what runs has ended, of itself within {@code patience} or because it was told to. */
    public void stop(Duration patience) {
        synchronized (this) {
            if (state == State.STOPPING) {
                return;
            }
            state = State.STOPPING;
        }
        if (!isIdleWithin(patience)) {
            LOG.warn("Work still runs after {} s and is ended", patience.toSeconds());
            outOfTime.forEach(Runnable::run);
            if (!isIdleWithin(LAST_WORDS)) {
                LOG.warn("Work still runs after it was told to end");
            }
        }
    }

    private synchronized boolean isIdleWithin(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (running > 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
