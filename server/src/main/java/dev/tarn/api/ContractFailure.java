package dev.tarn.api;

import java.util.Map;
import java.util.Optional;

/**
 * A failure that a contract words itself, where the shape that all its failures share does not do. An adapter throws it, and the
 * renderer sends it as it is.
 */
public final class ContractFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, ?> body;

    /** A failure with that status and JSON body. */
    public ContractFailure(int status, Map<String, ?> body) {
        super("HTTP " + status);
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    Map<String, ?> body() {
        return body;
    }

    /** The one behind an exception of the dispatcher. */
    static Optional<ContractFailure> behind(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ContractFailure own) {
                return Optional.of(own);
            }
        }
        return Optional.empty();
    }
}
