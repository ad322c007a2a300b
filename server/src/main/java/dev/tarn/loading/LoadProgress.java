package dev.tarn.loading;

import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

/** How far a load of this server is; written by the thread that works, read by the one that writes it down. */
final class LoadProgress {
    private final AtomicLong bytes = new AtomicLong();
    private volatile long rows;
    private volatile double fraction = -1;
    private volatile boolean waits;

    void received(long more) {
        bytes.addAndGet(more);
    }

    void converted(double share, long rowsSoFar) {
        fraction = share;
        rows = rowsSoFar;
    }

    /** It has its bytes and waits for a place, or no longer does. */
    void waits(boolean now) {
        waits = now;
    }

    boolean waits() {
        return waits;
    }

    long bytes() {
        return bytes.get();
    }

    long rows() {
        return rows;
    }

    OptionalDouble fraction() {
        return fraction < 0 ? OptionalDouble.empty() : OptionalDouble.of(fraction);
    }
}
