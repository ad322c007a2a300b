package dev.tarn.platform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks running work to stop. Work registers how it is stopped; a request that came first stops it at once. */
public final class Cancellation {
    private final String what;
    private final List<Runnable> stops = new ArrayList<>();
    private @Nullable Reason reason;

    private enum Reason {
        ASKED,
        CLIENT_GONE,
        OUT_OF_TIME
    }

    public Cancellation() {
        this("statement");
    }

    /** @param what the work is called, for messages */
    public Cancellation(String what) {
        this.what = what;
    }

    /** Stops the work soon, because its caller no longer wants it; more than once is as good as once. */
    public void request() {
        request(Reason.ASKED);
    }

    /** Stops the work soon, because nobody is there any more to take its answer. */
    public void clientGone() {
        request(Reason.CLIENT_GONE);
    }

    /** Stops the work soon, because the server has no more time for it. */
    public void outOfTime() {
        request(Reason.OUT_OF_TIME);
    }

    private void request(Reason why) {
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

    /** Returns unless somebody wants the work to stop. */
    public void requireWanted() {
        if (requested()) {
            throw failure();
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
        Reason why;
        synchronized (stops) {
            why = reason == null ? Reason.ASKED : reason;
        }
        return switch (why) {
            case ASKED -> new TarnException(ErrorCode.STATEMENT_CANCELLED, "The %s was cancelled".formatted(what));
            case CLIENT_GONE ->
                new TarnException(
                        ErrorCode.STATEMENT_CANCELLED,
                        "The %s was cancelled: its client closed the connection".formatted(what));
            case OUT_OF_TIME ->
                new TarnException(
                        ErrorCode.STOPPING, "The server stopped before this was done; send it again when it is back");
        };
    }

    /** Ends a registration. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
