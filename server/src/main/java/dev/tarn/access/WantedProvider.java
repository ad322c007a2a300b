package dev.tarn.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An identity provider as it is to be; the components are those of {@link IdentityProvider}.
 *
 * @param clientSecret absent: the one that is stored stays, as long as issuer and client stay too
 */
public record WantedProvider(
        String issuer,
        String clientId,
        Optional<String> clientSecret,
        Optional<String> audience,
        Optional<List<String>> scopes,
        Optional<String> rolesClaim,
        Map<String, String> roleMapping,
        Optional<List<String>> defaultRoles,
        boolean justInTime,
        boolean shown) {
    @Override
    public String toString() {
        return "WantedProvider[" + issuer + "]";
    }
}
