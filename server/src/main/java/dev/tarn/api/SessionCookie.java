package dev.tarn.api;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/** The cookie of a console session. Scripts cannot read it, and other sites' pages cannot make a browser send it. */
public final class SessionCookie {
    private static final String NAME = "tarn_session";

    /** Over TLS: browsers take a cookie of such a name only from this very host and only over TLS. */
    private static final String SECURE_NAME = "__Host-" + NAME;

    private SessionCookie() {}

    /** The session's secret that a request carries. */
    public static Optional<String> secret(HttpServletRequest request) {
        String name = name(request.isSecure());
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /** The header that opens a session in the browser. */
    public static String opened(String secret, Duration lasts, boolean secure) {
        return cookie(secret, lasts, secure);
    }

    /** The header that removes it. */
    public static String ended(boolean secure) {
        return cookie("", Duration.ZERO, secure);
    }

    private static String cookie(String value, Duration age, boolean secure) {
        return ResponseCookie.from(name(secure), value)
                .httpOnly(true)
                .sameSite("Strict")
                .path("/")
                .secure(secure)
                .maxAge(age)
                .build()
                .toString();
    }

    private static String name(boolean secure) {
        return secure ? SECURE_NAME : NAME;
    }
}
