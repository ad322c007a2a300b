package dev.tarn.adoption;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ValidationException;

/** Why one table is not taken; whatever is no fault of the table's ends the adoption instead. */
final class Refusal {
    private Refusal() {}

    /** The failure in our own words, when it is the table's. */
    static Optional<TarnException> of(RuntimeException failure) {
        return switch (failure) {
            case TarnException e -> e.code().retryable() || isOurs(e.code()) ? Optional.empty() : Optional.of(e);
            case AlreadyExistsException e -> told(ErrorCode.ALREADY_EXISTS, e);
            case NoSuchNamespaceException e -> told(ErrorCode.UNKNOWN_NAMESPACE, e);
            case NotFoundException e -> told(ErrorCode.NOT_FOUND, e);
            case CommitFailedException e -> told(ErrorCode.INVALID_REQUEST, e);
            case ValidationException e -> told(ErrorCode.INVALID_REQUEST, e);
            case IllegalArgumentException e -> told(ErrorCode.INVALID_REQUEST, e);
            default -> Optional.empty();
        };
    }

    private static boolean isOurs(ErrorCode code) {
        return code == ErrorCode.INTERNAL || code == ErrorCode.UNAUTHENTICATED || code == ErrorCode.STATEMENT_CANCELLED;
    }

    private static Optional<TarnException> told(ErrorCode code, RuntimeException e) {
        return Optional.of(new TarnException(code, String.valueOf(e.getMessage()), e));
    }
}
