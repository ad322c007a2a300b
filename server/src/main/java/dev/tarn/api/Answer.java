package dev.tarn.api;

import java.util.Optional;

/**
 * An answer that can be given twice.
 *
 * @param body JSON; empty for an answer without a body
 * @param secret whether the body shows something that is shown only once, so that it is kept encrypted
 */
public record Answer(int status, Optional<String> body, boolean secret) {
    /** An answer without a secret. */
    public static Answer of(int status, String body) {
        return new Answer(status, Optional.of(body), false);
    }

    /** An answer with a secret. */
    public static Answer withSecret(int status, String body) {
        return new Answer(status, Optional.of(body), true);
    }
}
