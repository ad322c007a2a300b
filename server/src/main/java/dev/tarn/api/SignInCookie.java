package dev.tarn.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * What a browser keeps while it is at an identity provider. It comes back from another site, so it must be Lax; it opens
 * nothing by itself.
 */
public final class SignInCookie {
    private static final HostCookie COOKIE = new HostCookie("tarn_sign_in", "Lax");

    private SignInCookie() {}

    /** The text that a request carries. */
    public static Optional<String> text(HttpServletRequest request) {
        return COOKIE.of(request);
    }

    /** The header that gives it to the browser. */
    public static String given(String text, Duration lasts, boolean secure) {
        return COOKIE.given(text, lasts, secure);
    }

    /** The header that removes it. */
    public static String removed(boolean secure) {
        return COOKIE.removed(secure);
    }
}
