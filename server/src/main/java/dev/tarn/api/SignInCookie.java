package dev.tarn.api;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/**
 * What a browser keeps while it is at an identity provider. It comes back from another site, so it must be Lax; it opens
 * nothing by itself.
 */
public final class SignInCookie {
    private static final String NAME = "tarn_sign_in";

    private SignInCookie() {}

    /** The text that a request carries. */
    public static Optional<String> text(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name(request.isSecure())))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    /** The header that gives it to the browser. */
    public static String given(String text, Duration lasts, boolean secure) {
        return ResponseCookie.from(name(secure), text)
                .httpOnly(true)
                .sameSite("Lax")
                .path("/")
                .secure(secure)
                .maxAge(lasts)
                .build()
                .toString();
    }

    /** The header that removes it. */
    public static String removed(boolean secure) {
        return given("", Duration.ZERO, secure);
    }

    private static String name(boolean secure) {
        return secure ? "__Host-" + NAME : NAME;
    }
}
