package dev.tarn.access;

import java.time.Instant;

/**
 * A console session just opened.
 *
 * @param secret what the cookie carries; only its hash is kept
 * @param csrfToken what the page sends back with every change
 */
public record SignedIn(Identity identity, String secret, String csrfToken, Instant expiresAt) {
    @Override
    public String toString() {
        return "SignedIn[" + identity.userName() + "]";
    }
}
