package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.Map;
import java.util.Optional;

/**
 * A failure on its way to the caller, before any contract's shape.
 *
 * @param message one sentence; it holds nothing of the server's inside
 * @param details facts for machines
 * @param credential what was wrong with the credential, when that is the failure
 * @param headers headers that belong to the answer, such as {@code Allow}
 */
record Failure(
        ErrorCode code,
        String message,
        Map<String, Object> details,
        Optional<TextPosition> position,
        Credential credential,
        Map<String, String> headers) {

    /** Data-ML answers a missing credential and a wrong one with different statuses. */
    enum Credential {
        FINE,
        MISSING,
        WRONG
    }

    static Failure of(TarnException exception) {
        return new Failure(
                exception.code(),
                exception.message(),
                exception.details(),
                exception.position(),
                Credential.FINE,
                Map.of());
    }

    static Failure of(ErrorCode code, String message) {
        return new Failure(code, message, Map.of(), Optional.empty(), Credential.FINE, Map.of());
    }

    Failure with(Credential wrong) {
        return new Failure(code, message, details, position, wrong, headers);
    }

    Failure withHeader(String name, String value) {
        return new Failure(code, message, details, position, credential, Map.of(name, value));
    }
}
