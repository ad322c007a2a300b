package dev.tarn.worker.duckdb;

import dev.tarn.worker.protocol.Failure;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The wish that one task ends, from any thread. DuckDB forgets an interruption that arrives between two calls, so whoever
 * cancels calls {@link #interrupt} again and again until the task has ended.
 *
 * <p>{@code Statement.cancel} of the driver works inside of {@code execute} alone, not while an Arrow stream is read, hence
 * the connection's own {@code interrupt}, which is not public and wants its lock held.
 */
public final class Cancellation {
    private static final MethodHandle INTERRUPT = interruptMethod();
    private static final MethodHandle LOCK = lockField();

    private volatile boolean requested;
    private @Nullable DuckDBConnection connection;

    public void request() {
        requested = true;
        interrupt();
    }

    public boolean isRequested() {
        return requested;
    }

    /** Fails when the task shall end. */
    public void check() throws TaskFailedException {
        if (requested) {
            throw new TaskFailedException(failure());
        }
    }

    public static Failure failure() {
        return Failure.of(Failure.Kind.CANCELLED, "The statement was cancelled");
    }

    /** What runs on {@code connection} is interrupted from now on; null before the connection closes. */
    public synchronized void watch(@Nullable DuckDBConnection connection) {
        this.connection = connection;
    }

    public synchronized void interrupt() {
        if (requested && connection != null) {
            try {
                // Held while a statement is prepared, which nothing can interrupt.
                ReentrantLock lock = (ReentrantLock) LOCK.invokeExact(connection);
                if (lock.tryLock()) {
                    try {
                        INTERRUPT.invokeExact(connection);
                    } finally {
                        lock.unlock();
                    }
                }
            } catch (SQLException e) {
                // The connection has just been closed: there is nothing left to interrupt.
                connection = null;
            } catch (Throwable e) {
                throw new IllegalStateException("The driver cannot be interrupted", e);
            }
        }
    }

    private static MethodHandles.Lookup driver() throws IllegalAccessException {
        return MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup());
    }

    private static MethodHandle interruptMethod() {
        try {
            return driver().findVirtual(DuckDBConnection.class, "interrupt", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static MethodHandle lockField() {
        try {
            return driver().findGetter(DuckDBConnection.class, "connRefLock", ReentrantLock.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
