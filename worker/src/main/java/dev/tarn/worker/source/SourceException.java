package dev.tarn.worker.source;

import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import java.io.IOException;

/** Ends a load in the middle of a read; the failure is what the server is told. */
public final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public SourceException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public static SourceException badFile(String message) {
        return new SourceException(Failure.of(Kind.BAD_FILE, message));
    }

    public Failure failure() {
        return failure;
    }
}
