package dev.tarn.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DRLS's tokens. They are looked at for DRLS's calls alone, with one algorithm and one secret, so none of them is ever verified
 * with a public key, and no token of another kind with this secret. A token of a role is a user of its own: whoever has two tokens
 * with two roles has not the rights of both with either.
 */
public final class DrlsTokens {
    private static final Logger LOG = LoggerFactory.getLogger(DrlsTokens.class);
    private static final String ISSUER = "drls";
    private static final String HMAC = "HmacSHA256";
    private static final int LEAST_BYTES = 32;
    private static final int LONGEST_SUBJECT = 100;
    private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");
    private static final Map<String, BuiltInRole> ROLES = Map.of(
            "admin", BuiltInRole.ADMIN,
            "leaddataengineer", BuiltInRole.LEAD_DATA_ENGINEER,
            "dataengineer", BuiltInRole.DATA_ENGINEER,
            "auditor", BuiltInRole.AUDITOR);

    private final DrlsSettings settings;
    private final SettingSecrets secrets;
    private final StoredSecretStore operator;
    private final TenantStore tenants;
    private final ExternalUsers users;
    private final Clock clock;

    DrlsTokens(
            DrlsSettings settings,
            SettingSecrets secrets,
            StoredSecretStore operator,
            TenantStore tenants,
            ExternalUsers users,
            Clock clock) {
        this.settings = settings;
        this.secrets = secrets;
        this.operator = operator;
        this.tenants = tenants;
        this.users = users;
        this.clock = clock;
        if (settings.isOn() && settings.jwtSecret() == null) {
            LOG.warn(
                    "tarn.access.drls.jwt is on and tarn.access.drls.jwt-secret is missing: DRLS's calls refuse everything");
        }
    }

    /**
     * Returns when DRLS's calls take anything at all.
     *
     * @throws TarnException {@code UNAUTHENTICATED} when such tokens are to be taken and there is nothing to verify them with
     */
    public void requireOpen() {
        if (settings.isOn() && (secret().isEmpty() || tenant().isEmpty())) {
            throw new TarnException(
                    ErrorCode.UNAUTHENTICATED,
                    "Authentication by token is on without a usable secret, so everything is refused; the operator sets tarn.access.drls.jwt-secret");
        }
    }

    /** The caller of a token of DRLS; empty for whatever else. */
    public Optional<Caller> caller(String bearer, Caller.Origin origin) {
        Optional<byte[]> secret = settings.isOn() ? secret() : Optional.empty();
        Optional<SignedJWT> token = secret.isEmpty() ? Optional.empty() : JwtCheck.parsed(bearer);
        if (secret.isEmpty() || token.isEmpty() || !isSigned(token.get(), secret.get())) {
            return Optional.empty();
        }
        try {
            JWTClaimsSet claims = token.get().getJWTClaimsSet();
            String subject = claims.getSubject();
            Optional<BuiltInRole> role = role(claims);
            Optional<UUID> tenant = tenant();
            if (!isGoodNow(claims)
                    || !JwtCheck.isSubject(subject, LONGEST_SUBJECT)
                    || role.isEmpty()
                    || tenant.isEmpty()) {
                return Optional.empty();
            }
            return users.caller(told(tenant.get(), subject, role.get(), claims), true, origin);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> secret() {
        return Optional.ofNullable(settings.jwtSecret())
                .flatMap(secrets::value)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .filter(bytes -> bytes.length >= LEAST_BYTES);
    }

    private Optional<UUID> tenant() {
        String name = settings.tenant();
        return name == null ? operator.operatorsTenant() : tenants.named(name).map(Tenant::id);
    }

    private static boolean isSigned(SignedJWT token, byte[] secret) {
        JWSHeader header = token.getHeader();
        boolean plain = JWSAlgorithm.HS256.equals(header.getAlgorithm())
                && HEADERS.containsAll(header.getIncludedParams())
                && (header.getType() == null || header.getType().getType().equalsIgnoreCase("JWT"));
        if (!plain) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return MessageDigest.isEqual(
                    mac.doFinal(token.getSigningInput()), token.getSignature().decode());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }

    private boolean isGoodNow(JWTClaimsSet claims) {
        Instant now = clock.instant();
        Date end = claims.getExpirationTime();
        return end != null
                && end.toInstant().isAfter(now)
                && JwtCheck.isPast(claims.getNotBeforeTime(), now)
                && JwtCheck.isPast(claims.getIssueTime(), now);
    }

    /** {@code LeadDataEngineer}, {@code lead_data_engineer} and {@code lead-data-engineer} are one. */
    private static Optional<BuiltInRole> role(JWTClaimsSet claims) throws ParseException {
        String word = claims.getStringClaim("role");
        return word == null
                ? Optional.empty()
                : Optional.ofNullable(
                        ROLES.get(word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "")));
    }

    private ExternalUsers.Told told(UUID tenantId, String subject, BuiltInRole role, JWTClaimsSet claims) {
        List<String> roles = List.of(role.text());
        Date issued = claims.getIssueTime();
        return new ExternalUsers.Told(
                tenantId,
                ISSUER,
                role.text() + ":" + subject,
                subject + "@drls." + role.text(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(roles),
                roles,
                issued == null ? clock.instant() : issued.toInstant());
    }
}
