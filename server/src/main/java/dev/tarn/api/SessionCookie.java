package dev.tarn.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/** The cookie of a console session; other sites' pages cannot make a browser send it. */
public final class SessionCookie {
    private static final HostCookie COOKIE = new HostCookie("tarn_session", "Strict");

    private SessionCookie() {}

    /** The session's secret that a request carries. */
    public static Optional<String> secret(HttpServletRequest request) {
        return COOKIE.of(request);
    }

    /** The header that opens a session in the browser. */
    public static String opened(String secret, Duration lasts, boolean secure) {
        return COOKIE.given(secret, lasts, secure);
    }

    /** The header that removes it. */
    public static String ended(boolean secure) {
        return COOKIE.removed(secure);
    }
}
