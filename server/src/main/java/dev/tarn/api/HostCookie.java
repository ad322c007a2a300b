package dev.tarn.api;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/**
 * A cookie of ours that scripts cannot read.
 *
 * @param sameSite {@code Strict}, or {@code Lax} for one that comes back from another site
 */
record HostCookie(String name, String sameSite) {

    /** What a request carries of it. */
    Optional<String> of(HttpServletRequest request) {
        String sent = name(request.isSecure());
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(sent))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /** The header that gives it to the browser. */
    String given(String value, Duration lasts, boolean secure) {
        return ResponseCookie.from(name(secure), value)
                .httpOnly(true)
                .sameSite(sameSite)
                .path("/")
                .secure(secure)
                .maxAge(lasts)
                .build()
                .toString();
    }

    /** The header that removes it. */
    String removed(boolean secure) {
        return given("", Duration.ZERO, secure);
    }

    /** Over TLS, browsers take a cookie of such a name only from this very host and only over TLS. */
    private String name(boolean secure) {
        return secure ? "__Host-" + name : name;
    }
}
