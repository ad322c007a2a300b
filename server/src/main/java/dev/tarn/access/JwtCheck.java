package dev.tarn.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens of other issuers (RFC 7519, RFC 8725). Only signatures by a key pair, only from a list; keys come from the
 * issuer's own address, so whatever key or address a token's header brings along is not looked at; a header that demands more
 * than we know ({@code crit}) is refused.
 */
final class JwtCheck {
    private static final Set<JWSAlgorithm> RSA = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);
    private static final Set<JWSAlgorithm> EC = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);
    private static final Set<String> TYPES = Set.of("", "jwt", "at+jwt", "application/at+jwt");
    private static final int LONGEST = 14 * 1024;
    private static final int LONGEST_SUBJECT = 255;
    private static final int SMALLEST_RSA = 2048;
    private static final int MOST_CANDIDATES = 10;

    /** How much two servers' clocks may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final Issuers issuers;
    private final Clock clock;

    JwtCheck(Issuers issuers, Clock clock) {
        this.issuers = issuers;
        this.clock = clock;
    }

    /** A token as it says it is; nothing of it is true yet. */
    static Optional<SignedJWT> parsed(String token) {
        if (token.length() > LONGEST || token.chars().filter(c -> c == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            jwt.getJWTClaimsSet(); // fails here when it is none
            return Optional.of(jwt);
        } catch (ParseException | RuntimeException e) {
            return Optional.empty(); // the parser has more than one way to fail at a header that is no object
        }
    }

    /** What the token says, when it is the issuer's, for this audience, and good at this moment. */
    Optional<JWTClaimsSet> claims(SignedJWT token, String issuer, String audience) throws ParseException {
        JWTClaimsSet claims = token.getJWTClaimsSet();
        return isAcceptable(token.getHeader())
                        && issuer.equals(claims.getIssuer())
                        && claims.getAudience().contains(audience)
                        && isGoodNow(claims)
                        && isSubject(claims.getSubject(), LONGEST_SUBJECT)
                        && isSigned(token, issuer)
                ? Optional.of(claims)
                : Optional.empty();
    }

    private static boolean isAcceptable(JWSHeader header) {
        JWSAlgorithm algorithm = header.getAlgorithm();
        String type = header.getType() == null ? "" : header.getType().getType().toLowerCase(Locale.ROOT);
        return (RSA.contains(algorithm) || EC.contains(algorithm) || isEdDsa(algorithm))
                && TYPES.contains(type)
                && header.getCriticalParams() == null
                && header.isBase64URLEncodePayload();
    }

    private static boolean isEdDsa(JWSAlgorithm algorithm) {
        return JWSAlgorithm.EdDSA.equals(algorithm) || JWSAlgorithm.Ed25519.equals(algorithm);
    }

    private boolean isGoodNow(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date end = claims.getExpirationTime();
        return end != null
                && end.toInstant().plus(SKEW).isAfter(now)
                && isPast(claims.getNotBeforeTime(), now)
                && isPast(claims.getIssueTime(), now);
    }

    static boolean isPast(@Nullable Date at, Instant now) {
        return at == null || !at.toInstant().minus(SKEW).isAfter(now);
    }

    static boolean isSubject(@Nullable String subject, int longest) {
        return subject != null
                && !subject.isBlank()
                && subject.length() <= longest
                && subject.chars().noneMatch(Character::isISOControl);
    }

    private boolean isSigned(SignedJWT token, String issuer) {
        Optional<String> keyId = Optional.ofNullable(token.getHeader().getKeyID());
        List<JWK> candidates = issuers.keys(issuer, keyId).stream()
                .filter(key -> keyId.map(id -> id.equals(key.getKeyID())).orElse(true))
                .filter(key -> fits(key, token.getHeader().getAlgorithm()))
                .limit(MOST_CANDIDATES)
                .toList();
        return candidates.stream().anyMatch(key -> isSigned(token, key));
    }

    /** The key's kind decides what may be verified with it, never the token alone. */
    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        boolean signs = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
        boolean named = key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
        return signs
                && named
                && switch (key) {
                    case RSAKey rsa -> RSA.contains(algorithm) && rsa.size() >= SMALLEST_RSA;
                    case ECKey ec -> EC.contains(algorithm);
                    case OctetKeyPair pair -> isEdDsa(algorithm) && Ed25519.isKey(pair);
                    default -> false;
                };
    }

    private static boolean isSigned(SignedJWT token, JWK key) {
        try {
            return switch (key) {
                case RSAKey rsa -> token.verify(new RSASSAVerifier(rsa));
                case ECKey ec -> token.verify(new ECDSAVerifier(ec));
                case OctetKeyPair pair ->
                    Ed25519.verifies(
                            pair, token.getSigningInput(), token.getSignature().decode());
                default -> false;
            };
        } catch (JOSEException e) {
            return false; // a curve or a size that does not go with the algorithm
        }
    }
}
