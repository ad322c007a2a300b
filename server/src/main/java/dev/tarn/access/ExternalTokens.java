package dev.tarn.access;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bearer tokens of a tenant's identity providers. The token names issuer and audience, and these belong to one provider, which
 * belongs to one tenant.
 */
final class ExternalTokens implements BearerTokens {
    private final IdentityProviderStore providers;
    private final JwtCheck check;
    private final ExternalUsers users;
    private final Clock clock;

    ExternalTokens(IdentityProviderStore providers, JwtCheck check, ExternalUsers users, Clock clock) {
        this.providers = providers;
        this.check = check;
        this.users = users;
        this.clock = clock;
    }

    @Override
    public Optional<Caller> caller(String bearer, Caller.Origin origin) {
        Optional<SignedJWT> token = JwtCheck.parsed(bearer);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            String issuer = token.get().getJWTClaimsSet().getIssuer();
            if (issuer == null) {
                return Optional.empty();
            }
            List<String> audience = token.get().getJWTClaimsSet().getAudience();
            List<IdentityProvider> meant = providers.ofIssuer(issuer).stream()
                    .filter(provider -> audience.contains(provider.audience()))
                    .toList();
            if (meant.size() != 1) {
                return Optional.empty(); // a token for two tenants is for none
            }
            IdentityProvider provider = meant.getFirst();
            return check.claims(token.get(), provider.issuer(), provider.audience())
                    .flatMap(claims -> users.caller(told(provider, claims), provider.justInTime(), origin));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** What the claims of a verified token tell. */
    ExternalUsers.Told told(IdentityProvider provider, JWTClaimsSet claims) {
        Instant issued = claims.getIssueTime() == null
                ? clock.instant()
                : claims.getIssueTime().toInstant();
        Optional<String> email = text(claims, "email");
        Optional<String> verified = Boolean.TRUE.equals(claims.getClaim("email_verified")) ? email : Optional.empty();
        return new ExternalUsers.Told(
                provider.tenantId(),
                provider.issuer(),
                claims.getSubject(),
                text(claims, "preferred_username").or(() -> email).orElse(provider.name() + "-" + claims.getSubject()),
                verified,
                text(claims, "given_name"),
                text(claims, "family_name"),
                provider.rolesClaim().map(path -> roles(provider, at(claims.getClaims(), path))),
                provider.defaultRoles(),
                issued);
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    /** The mapped roles; the default ones when no word is mapped. */
    private static List<String> roles(IdentityProvider provider, @Nullable Object words) {
        List<String> roles = new ArrayList<>();
        List<?> listed = words instanceof List<?> list ? list : words == null ? List.of() : List.of(words);
        for (Object word : listed) {
            String role = word instanceof String text ? provider.roleMapping().get(text) : null;
            if (role != null && !roles.contains(role)) {
                roles.add(role);
            }
        }
        return roles.isEmpty() ? provider.defaultRoles() : roles;
    }

    /** {@code realm_access.roles}; a claim whose whole name is the path comes first. */
    private static @Nullable Object at(Map<String, Object> claims, String path) {
        Object whole = claims.get(path);
        int dot = path.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        }
        Object inner = claims.get(path.substring(0, dot));
        if (!(inner instanceof Map<?, ?> map)) {
            return null;
        }
        Object found = map;
        for (String step : path.substring(dot + 1).split("\\.", -1)) {
            found = found instanceof Map<?, ?> level ? level.get(step) : null;
        }
        return found;
    }
}
