package dev.tarn.api;

import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Credentials;
import dev.tarn.access.DrlsTokens;
import dev.tarn.access.KeyPrefix;
import dev.tarn.access.Resource;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out who asks: by bearer key, or by the console's session with its token on every change. */
final class Authentication {
    private static final String BEARER = "bearer ";
    private static final String CSRF_HEADER = "X-CSRF-Token";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Credentials credentials;
    private final DrlsTokens drls;
    private final Audit audit;

    Authentication(Credentials credentials, DrlsTokens drls, Audit audit) {
        this.credentials = credentials;
        this.drls = drls;
        this.audit = audit;
    }

    /** A credential that opens nothing; the failure says whether there was one at all. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Failure failure;

        Refused(Failure failure) {
            super(failure.message());
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }

    Caller caller(HttpServletRequest request, Contract contract, Caller.Origin origin) throws Refused {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        try {
            if (contract == Contract.DRLS) {
                drls.requireOpen();
            }
            // Of two credentials, a proxy may have looked at the one and we at the other.
            if (headers.size() > 1) {
                return credentials.authenticate("", origin);
            }
            if (headers.size() == 1) {
                String bearer = bearer(headers.getFirst());
                Optional<Caller> ofDrls = contract == Contract.DRLS ? drls.caller(bearer, origin) : Optional.empty();
                return ofDrls.isPresent() ? ofDrls.get() : credentials.authenticate(bearer, origin);
            }
        } catch (TarnException e) {
            throw refused(e, origin, "key");
        }
        Optional<String> session = SessionCookie.secret(request);
        if (session.isPresent()) {
            return bySession(request, session.get(), origin);
        }
        throw new Refused(Failure.of(
                        ErrorCode.UNAUTHENTICATED,
                        "A key is needed: send it as Authorization: Bearer " + KeyPrefix.TARN.text() + "...")
                .with(Failure.Credential.MISSING));
    }

    /** Another scheme is looked up like a wrong key, and gets the same answer. */
    private static String bearer(String header) {
        boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? header.substring(BEARER.length()).strip() : "";
    }

    private Caller bySession(HttpServletRequest request, String secret, Caller.Origin origin) throws Refused {
        Caller caller;
        try {
            caller = credentials.authenticateSession(secret, origin);
        } catch (TarnException e) {
            throw refused(e, origin, "session");
        }
        if (!READING.contains(request.getMethod())) {
            requireToken(request.getHeader(CSRF_HEADER), secret, caller);
        }
        return caller;
    }

    private void requireToken(@Nullable String token, String secret, Caller caller) {
        if (!Credentials.isCsrfToken(token, secret)) {
            audit.denied(caller, "authenticate", Resource.user(caller.name()));
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The header X-CSRF-Token is missing or wrong; send the csrf_token of GET /tarn/v1/session");
        }
    }

    private Refused refused(TarnException exception, Caller.Origin origin, String by) {
        if (exception.code() == ErrorCode.UNAUTHENTICATED) {
            audit.refused(new Caller.Anonymous(origin), by);
        }
        Failure failure = Failure.of(exception);
        return new Refused(
                exception.code() == ErrorCode.UNAUTHENTICATED ? failure.with(Failure.Credential.WRONG) : failure);
    }
}
