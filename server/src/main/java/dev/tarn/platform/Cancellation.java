package dev.tarn.platform;

import java.util.ArrayList;
import java.util.List;

/** Asks running work to stop. Work registers how it is stopped; a request that came first stops it at once. */
public final class Cancellation {
    private final List<Runnable> stops = new ArrayList<>();
    private boolean requested;

    /** Stops the work soon; more than once is as good as once. */
    public void request() {
        List<Runnable> due;
        synchronized (stops) {
            if (requested) {
                return;
            }
            requested = true;
            due = List.copyOf(stops);
        }
        due.forEach(Runnable::run);
    }

    public boolean requested() {
        synchronized (stops) {
            return requested;
        }
    }

    /** Registers how to stop; the registration is closed when that part of the work is over. */
    public Registration onRequest(Runnable stop) {
        boolean now;
        synchronized (stops) {
            now = requested;
            stops.add(stop);
        }
        if (now) {
            stop.run();
        }
        return () -> {
            synchronized (stops) {
                stops.remove(stop);
            }
        };
    }

    /** The failure of work that was stopped on request. */
    public static TarnException cancelled() {
        return new TarnException(ErrorCode.STATEMENT_CANCELLED, "The statement was cancelled");
    }

    /** Ends a registration. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
