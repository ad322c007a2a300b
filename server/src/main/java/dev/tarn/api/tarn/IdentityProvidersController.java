package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.access.IdentityProvider;
import dev.tarn.access.IdentityProviders;
import dev.tarn.access.WantedProvider;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Identity providers of the tenant; their client secrets only go in. */
@RestController
@RequestMapping("/tarn/v1/identity-providers")
class IdentityProvidersController {
    private final IdentityProviders providers;

    IdentityProvidersController(IdentityProviders providers) {
        this.providers = providers;
    }

    /** A provider as it is wanted. */
    record Wanted(
            @Nullable String issuer,
            @Nullable String clientId,
            @Nullable String clientSecret,
            @Nullable String audience,
            @Nullable List<String> scopes,
            @Nullable String rolesClaim,
            @Nullable Map<String, String> roleMapping,
            @Nullable List<String> defaultRoles,
            @Nullable Boolean justInTime,
            @Nullable Boolean shown) {
        WantedProvider provider() {
            if (issuer == null || clientId == null) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST, "An identity provider needs the fields issuer and client_id");
            }
            return new WantedProvider(
                    issuer,
                    clientId,
                    Optional.ofNullable(clientSecret),
                    Optional.ofNullable(audience),
                    Optional.ofNullable(scopes),
                    Optional.ofNullable(rolesClaim),
                    roleMapping == null ? Map.of() : roleMapping,
                    Optional.ofNullable(defaultRoles),
                    Boolean.TRUE.equals(justInTime),
                    Boolean.TRUE.equals(shown));
        }

        @Override
        public String toString() {
            return "Wanted[" + issuer + "]";
        }
    }

    /** A provider without its secret. */
    record Shown(
            String name,
            String issuer,
            String clientId,
            boolean hasClientSecret,
            String audience,
            List<String> scopes,
            @Nullable String rolesClaim,
            Map<String, String> roleMapping,
            List<String> defaultRoles,
            boolean justInTime,
            boolean shown,
            Instant createdAt,
            Instant updatedAt) {
        static Shown of(IdentityProvider provider) {
            return new Shown(
                    provider.name(),
                    provider.issuer(),
                    provider.clientId(),
                    provider.clientSecret(),
                    provider.audience(),
                    provider.scopes(),
                    provider.rolesClaim().orElse(null),
                    new TreeMap<>(provider.roleMapping()),
                    provider.defaultRoles(),
                    provider.justInTime(),
                    provider.shown(),
                    provider.createdAt(),
                    provider.updatedAt());
        }
    }

    /** All of them. */
    record Listed(List<Shown> providers) {}

    @GetMapping
    Listed list(Caller caller) {
        return new Listed(providers.list(caller).stream().map(Shown::of).toList());
    }

    @GetMapping("/{name}")
    Shown find(Caller caller, @PathVariable String name) {
        return Shown.of(providers.find(caller, name));
    }

    @PutMapping("/{name}")
    Shown put(Caller caller, @PathVariable String name, @RequestBody Wanted wanted) {
        return Shown.of(providers.put(caller, name, wanted.provider()));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller caller, @PathVariable String name) {
        providers.remove(caller, name);
    }
}
