package dev.tarn.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tarn.platform.Ids;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies our access tokens: JWTs by RFC 9068, ES256 and nothing else. Of a token that came in, the header chooses
 * only which of our own keys is asked; it must name exactly the algorithm, the type and a key id and say nothing more. Then the
 * signature, each claim, and that the token's family and user still stand. Whatever is wrong, the answer is the same.
 */
final class AccessTokens implements BearerTokens {
    private static final String ISSUER = "tarn";
    private static final String TENANT = "tid";
    private static final String FAMILY = "sid";
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");

    /** A header of ours has about a hundred characters, a token about five hundred; a signature of ES256 is 64 bytes. */
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]{1,400}\\.[A-Za-z0-9_-]{1,2000}\\.[A-Za-z0-9_-]{86}");

    private static final int UUID_LENGTH = 36;

    private final SigningKeys keys;
    private final FamilyStore families;
    private final Duration lasts;
    private final Ids ids;
    private final Clock clock;

    AccessTokens(SigningKeys keys, FamilyStore families, Duration lasts, Ids ids, Clock clock) {
        this.keys = keys;
        this.families = families;
        this.lasts = lasts;
        this.ids = ids;
        this.clock = clock;
    }

    /** An access token of a family; it ends no later than the family. */
    String sign(SigningKeys.Signer signer, FamilyStore.Family family) {
        Instant now = clock.instant();
        Instant end = now.plus(lasts);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(ISSUER)
                .subject(family.userId().toString())
                .claim(TENANT, family.tenantId().toString())
                .claim(FAMILY, family.id().toString())
                .jwtID(ids.next().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(end.isBefore(family.expiresAt()) ? end : family.expiresAt()))
                .build();
        JWSHeader header = new JWSHeader.Builder(ALGORITHM)
                .type(TYPE)
                .keyID(signer.keyId().toString())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(signer.privateKey()));
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key does not sign", e);
        }
        return token.serialize();
    }

    @Override
    public Optional<Caller> caller(String token, Caller.Origin origin) {
        if (!FORM.matcher(token).matches()) {
            return Optional.empty();
        }
        return JwtCheck.parsed(token)
                .flatMap(jwt -> keyId(jwt.getHeader())
                        .flatMap(keys::verifying)
                        .filter(key -> isSigned(jwt, key))
                        .flatMap(key -> claims(jwt))
                        .flatMap(named -> families.caller(named, clock.instant(), origin)));
    }

    private static boolean isSigned(SignedJWT jwt, ECPublicKey key) {
        try {
            return jwt.verify(new ECDSAVerifier(key));
        } catch (JOSEException e) {
            return false; // told like every other token that is not good
        }
    }

    private static Optional<UUID> keyId(JWSHeader header) {
        boolean ours = ALGORITHM.equals(header.getAlgorithm())
                && TYPE.equals(header.getType())
                && HEADERS.equals(header.getIncludedParams());
        return ours ? uuid(header.getKeyID()) : Optional.empty();
    }

    private Optional<FamilyStore.Named> claims(SignedJWT jwt) {
        try {
            return named(jwt.getJWTClaimsSet());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Optional<FamilyStore.Named> named(JWTClaimsSet claims) throws ParseException {
        Instant now = clock.instant();
        Date end = claims.getExpirationTime();
        Date issued = claims.getIssueTime();
        Date begin = claims.getNotBeforeTime();
        boolean good = ISSUER.equals(claims.getIssuer())
                && List.of(ISSUER).equals(claims.getAudience())
                && end != null
                && end.toInstant().isAfter(now)
                && issued != null
                && JwtCheck.isPast(issued, now)
                && begin != null
                && JwtCheck.isPast(begin, now);
        if (!good) {
            return Optional.empty();
        }
        Optional<UUID> tenantId = uuid(claims.getStringClaim(TENANT));
        Optional<UUID> familyId = uuid(claims.getStringClaim(FAMILY));
        Optional<UUID> userId = uuid(claims.getSubject());
        return tenantId.isPresent() && familyId.isPresent() && userId.isPresent()
                ? Optional.of(new FamilyStore.Named(tenantId.get(), familyId.get(), userId.get()))
                : Optional.empty();
    }

    /** The id that the text is; it is written in one way only. */
    private static Optional<UUID> uuid(@Nullable String text) {
        if (text == null || text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
