package dev.tarn.api.datalinks;

import dev.tarn.access.ApiKey;
import dev.tarn.access.Caller;
import dev.tarn.access.KeyPrefix;
import dev.tarn.access.Keys;
import dev.tarn.access.NewKey;
import dev.tarn.access.Resource;
import dev.tarn.access.WantedKey;
import dev.tarn.api.IsoTime;
import dev.tarn.api.PathId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Tokens of the caller: keys under another name. */
@RestController
class TokensController {
    private final Keys keys;
    private final DatasetNames names;
    private final JsonMapper json;

    TokensController(Keys keys, DatasetNames names, JsonMapper json) {
        this.keys = keys;
        this.names = names;
        this.json = json;
    }

    /** A token; its text is whole in the answer that makes it, and later only how it begins. */
    record Token(
            UUID id,
            String name,
            String token,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {
        static Token of(ApiKey key, String text) {
            return new Token(
                    key.id(),
                    key.name(),
                    text,
                    key.createdAt(),
                    key.expiresAt().orElse(null),
                    key.lastUsedAt().orElse(null));
        }
    }

    @GetMapping("/api/v1/user/tokens")
    List<Token> list(Caller caller) {
        return keys.own(caller).stream()
                .map(key -> Token.of(key, key.prefix() + "..."))
                .toList();
    }

    @PostMapping({"/api/v1/user/tokens", "/api/v1/user/token"})
    Token create(Caller caller, HttpServletRequest request) throws IOException {
        Fields fields = Fields.required(request, json);
        NewKey made = keys.create(
                caller,
                new WantedKey(
                        fields.text("name").orElse(""),
                        Optional.empty(),
                        Optional.empty(),
                        fields.objects("accessRestrictedTo", "access_restricted_to")
                                .map(list -> list.stream()
                                        .map(entry -> permission(caller, entry).text())
                                        .toList()),
                        fields.text("expires_at", "expiresAt")
                                .filter(text -> !text.isBlank())
                                .map(text -> IsoTime.of("expires_at", text)),
                        Optional.empty(),
                        KeyPrefix.DATALINKS));
        return Token.of(made.key(), made.secret());
    }

    private Resource permission(Caller caller, Fields entry) {
        return names.permission(
                caller,
                entry.text("username").orElse(DatasetNames.SELF),
                entry.requiredText("namespace"),
                entry.text("dataset").filter(name -> !name.isEmpty()));
    }

    @DeleteMapping("/api/v1/user/tokens/{id}")
    void delete(Caller caller, @PathVariable String id) {
        keys.revoke(caller, keys.own(caller, PathId.of("token", id)).id());
    }

    /** What a token reaches at most. */
    record Permission(
            String username, String namespace, @Nullable String dataset) {}

    /** Whether it is restricted, and to what. */
    record Permissions(boolean restricted, List<Permission> permissions) {}

    @GetMapping("/api/v1/user/tokens/{id}/permissions")
    Permissions permissions(Caller caller, @PathVariable String id) {
        ApiKey key = keys.own(caller, PathId.of("token", id));
        List<Resource> only = key.limits().only().orElse(List.of());
        return new Permissions(
                key.limits().only().isPresent(),
                only.stream()
                        .filter(TokensController::isShown)
                        .map(thing -> new Permission(
                                names.owner(caller, thing).orElse(key.userName()),
                                DatasetNames.namespace(thing),
                                DatasetNames.dataset(thing).orElse(null)))
                        .toList());
    }

    /** A key that was restricted in another contract may reach things that this one has no words for. */
    private static boolean isShown(Resource thing) {
        return switch (thing.kind()) {
            case TABLE, NAMESPACE -> !thing.name().equals(Resource.ALL);
            default -> false;
        };
    }
}
