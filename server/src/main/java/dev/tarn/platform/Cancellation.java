package dev.tarn.platform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks running work to stop. Work registers how it is stopped; a request that came first stops it at once. */
public final class Cancellation {
    private final String what;
    private final List<Runnable> stops = new ArrayList<>();
    private @Nullable ErrorCode reason;

    public Cancellation() {
        this("statement");
    }

    /** @param what the work is called, for messages */
    public Cancellation(String what) {
        this.what = what;
    }

    /** Stops the work soon, because its caller no longer wants it; more than once is as good as once. */
    public void request() {
        request(ErrorCode.STATEMENT_CANCELLED);
    }

    /** Stops the work soon, because the server has no more time for it. */
    public void outOfTime() {
        request(ErrorCode.STOPPING);
    }

    private void request(ErrorCode why) {
        List<Runnable> due;
        synchronized (stops) {
            if (reason != null) {
                return;
            }
            reason = why;
            due = List.copyOf(stops);
        }
        due.forEach(Runnable::run);
    }

    public boolean requested() {
        synchronized (stops) {
            return reason != null;
        }
    }

    /** Registers how to stop; the registration is closed when that part of the work is over. */
    public Registration onRequest(Runnable stop) {
        boolean now;
        synchronized (stops) {
            now = reason != null;
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
    public TarnException failure() {
        synchronized (stops) {
            return reason == ErrorCode.STOPPING
                    ? new TarnException(
                            ErrorCode.STOPPING,
                            "The server stopped before this was done; send it again when it is back")
                    : new TarnException(ErrorCode.STATEMENT_CANCELLED, "The %s was cancelled".formatted(what));
        }
    }

    /** Ends a registration. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
