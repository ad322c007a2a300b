package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An issuer of OpenID Connect whose users a tenant lets in.
 *
 * @param name unique on the server; it stands in the address of the sign-in
 * @param issuer the URL that its tokens name, exactly
 * @param clientId what the issuer calls this server
 * @param audience what a bearer token must be for; unique on the server together with the issuer
 * @param scopes asked for at sign-in
 * @param rolesClaim where a token tells groups or roles, with dots between nested names; empty: roles are given here
 * @param roleMapping roles of the tenant by the words of that claim
 * @param defaultRoles for a user whose token maps to none, and for new users when there is no claim; none: such a user is refused
 * @param justInTime whether an unknown user is made; else only users with the token's verified e-mail address come in
 * @param shown whether the console's sign-in page offers it to everybody
 */
public record IdentityProvider(
        UUID tenantId,
        String name,
        String issuer,
        String clientId,
        String audience,
        List<String> scopes,
        Optional<String> rolesClaim,
        Map<String, String> roleMapping,
        List<String> defaultRoles,
        boolean justInTime,
        boolean shown,
        boolean clientSecret,
        Instant createdAt,
        Instant updatedAt) {
    public IdentityProvider {
        scopes = List.copyOf(scopes);
        roleMapping = Map.copyOf(roleMapping);
        defaultRoles = List.copyOf(defaultRoles);
    }
}
