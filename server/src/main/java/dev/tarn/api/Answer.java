package dev.tarn.api;

import java.util.Optional;

/**
 * An answer that can be given twice.
 *
 * @param body JSON; empty for an answer without a body
 * @param secret whether the body shows something that is shown only once, so that it must not be kept
 */
public record Answer(int status, Optional<String> body, boolean secret) {
    /** An answer that may be kept. */
    public static Answer of(int status, String body) {
        return new Answer(status, Optional.of(body), false);
    }

    /** An answer with a secret, which is not kept. */
    public static Answer withSecret(int status, String body) {
        return new Answer(status, Optional.of(body), true);
    }
}
