package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Turns a credential into a caller. The text of a bearer token says what kind it is. Every call looks it up, in an indexed
 * query and without a cache, so that what was revoked on any server ends at once on all. Garbage, expired and revoked
 * credentials get the same answer.
 */
public final class Credentials {
    private static final String ALGORITHM = "HmacSHA256";

    private final KeyStore keys;
    private final SessionStore sessions;
    private final KeyUse use;
    private final List<BearerTokens> tokens;
    private final Clock clock;

    Credentials(KeyStore keys, SessionStore sessions, KeyUse use, List<BearerTokens> tokens, Clock clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.use = use;
        this.tokens = List.copyOf(tokens);
        this.clock = clock;
    }

    /** The same, which takes one more kind of bearer token. */
    Credentials with(BearerTokens more) {
        return new Credentials(
                keys,
                sessions,
                use,
                Stream.concat(tokens.stream(), Stream.of(more)).toList(),
                clock);
    }

    /**
     * The caller behind the text of an {@code Authorization: Bearer} header.
     *
     * @throws TarnException {@code UNAUTHENTICATED}
     */
    public Caller authenticate(String bearer, Caller.Origin origin) {
        for (BearerTokens kind : tokens) {
            Optional<Caller> caller = kind.caller(bearer, origin);
            if (caller.isPresent()) {
                return caller.get();
            }
        }
        KeyStore.Holder holder = holder(bearer);
        return new Caller.KeyHolder(
                holder.tenantId(),
                holder.workspaceId(),
                holder.key().userId(),
                holder.key().userName(),
                holder.key().id(),
                holder.key().ratePlan(),
                origin);
    }

    KeyStore.Holder holder(String text) {
        if (Secrets.isKey(text)) {
            KeyStore.Holder holder = keys.withHash(Secrets.hash(text)).orElse(null);
            if (holder != null && holder.key().isGoodAt(clock.instant())) {
                use.seen(holder);
                return holder;
            }
        }
        throw new TarnException(
                ErrorCode.UNAUTHENTICATED,
                "The key or token is not valid: it is mistyped, expired or revoked; make another key, or sign in again");
    }

    /**
     * The caller behind the secret of a console session.
     *
     * @throws TarnException {@code UNAUTHENTICATED}
     */
    public Caller authenticateSession(String secret, Caller.Origin origin) {
        Caller.@Nullable Person person = Secrets.isSession(secret)
                ? sessions.open(Secrets.hash(secret), clock.instant(), origin).orElse(null)
                : null;
        if (person == null) {
            throw new TarnException(ErrorCode.UNAUTHENTICATED, "The session has ended; sign in again");
        }
        return person;
    }

    /** The token that a page sends back with every change; it follows from the session's secret, so nothing more is kept. */
    public static String csrfToken(String sessionSecret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(sessionSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal("tarn csrf".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }

    /** Whether a request that carries a session also carries its token. */
    public static boolean isCsrfToken(@Nullable String token, String sessionSecret) {
        return token != null && Secrets.same(token, csrfToken(sessionSecret));
    }
}
