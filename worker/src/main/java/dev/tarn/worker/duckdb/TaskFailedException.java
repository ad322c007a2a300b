package dev.tarn.worker.duckdb;

import dev.tarn.worker.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** Ends a task; the failure is what the server is told. */
public final class TaskFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public TaskFailedException(Failure failure) {
        this(failure, null);
    }

    public TaskFailedException(Failure failure, @Nullable Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
