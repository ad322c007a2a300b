package dev.tarn.api;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Headers of every answer, after OWASP's list. The console needs inline styles (its component library sets them), and no
 * inline script.
 */
final class SecurityHeaders {
    private static final String PAGES = "default-src 'self'; script-src 'self';"
            + " style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** Of an answer that is no page: whoever opens it as one sees nothing and runs nothing. */
    private static final String ANSWERS =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    /**
     * Sets them.
     *
     * @param page whether the answer may be a page of the console
     * @param secure whether the client came over TLS: only then browsers may be told to never come without
     */
    static void setOn(HttpServletResponse response, boolean page, boolean secure) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", page ? PAGES : ANSWERS);
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("X-Permitted-Cross-Domain-Policies", "none");
        response.setHeader(
                "Permissions-Policy",
                "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
        if (secure) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
