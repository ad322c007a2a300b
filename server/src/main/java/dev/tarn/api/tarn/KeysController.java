package dev.tarn.api.tarn;

import dev.tarn.access.ApiKey;
import dev.tarn.access.Caller;
import dev.tarn.access.KeyPrefix;
import dev.tarn.access.Keys;
import dev.tarn.access.NewKey;
import dev.tarn.access.Resource;
import dev.tarn.access.WantedKey;
import dev.tarn.api.Answer;
import dev.tarn.api.IdempotentRequests;
import dev.tarn.api.PageQuery;
import dev.tarn.api.PathId;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Keys of programs. */
@RestController
@RequestMapping("/tarn/v1/keys")
class KeysController {
    private final Keys keys;
    private final IdempotentRequests idempotent;
    private final JsonMapper json;

    KeysController(Keys keys, IdempotentRequests idempotent, JsonMapper json) {
        this.keys = keys;
        this.idempotent = idempotent;
        this.json = json;
    }

    /** What a key is to be. */
    record Wanted(
            @Nullable String name,
            @Nullable String user,
            @Nullable String role,
            @Nullable List<String> restrictedTo,
            @Nullable Instant expiresAt,
            @Nullable String ratePlan,
            @Nullable String prefix) {
        WantedKey key() {
            return new WantedKey(
                    name == null ? "" : name,
                    Optional.ofNullable(user),
                    Optional.ofNullable(role),
                    Optional.ofNullable(restrictedTo),
                    Optional.ofNullable(expiresAt),
                    Optional.ofNullable(ratePlan),
                    prefix == null ? KeyPrefix.TARN : beginning(prefix));
        }
    }

    private static KeyPrefix beginning(String text) {
        return KeyPrefix.named(text)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "A key does not begin with %s; it begins with %s"
                                .formatted(
                                        text,
                                        Arrays.stream(KeyPrefix.values())
                                                .map(KeyPrefix::text)
                                                .collect(Collectors.joining(", ")))));
    }

    /** A key without its secret. */
    record Shown(
            UUID id,
            String name,
            String prefix,
            Named user,
            @Nullable String role,
            @Nullable List<String> restrictedTo,
            String ratePlan,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {
        static Shown of(ApiKey key) {
            return new Shown(
                    key.id(),
                    key.name(),
                    key.prefix(),
                    new Named(key.userId(), key.userName()),
                    key.limits().role().orElse(null),
                    key.limits()
                            .only()
                            .map(only -> only.stream().map(Resource::text).toList())
                            .orElse(null),
                    key.ratePlan(),
                    key.createdAt(),
                    key.expiresAt().orElse(null),
                    key.lastUsedAt().orElse(null),
                    key.revokedAt().orElse(null));
        }
    }

    /** A page of keys. */
    record Listed(List<Shown> keys, @Nullable String nextCursor) {}

    @GetMapping
    Listed list(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<Shown> page = keys.list(caller, PageQuery.of(limit, cursor)).map(Shown::of);
        return new Listed(page.items(), PageQuery.opaque(page.next()).orElse(null));
    }

    @PostMapping
    ResponseEntity<String> create(
            Caller caller,
            @RequestBody Wanted wanted,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey) {
        String hash = IdempotentRequests.hash("POST /tarn/v1/keys", json.writeValueAsString(wanted));
        Answer answer = idempotent.once(caller, idempotencyKey, hash, () -> {
            NewKey made = keys.create(caller, wanted.key());
            ObjectNode body = json.valueToTree(Shown.of(made.key()));
            body.put("key", made.secret());
            return Answer.withSecret(201, json.writeValueAsString(body));
        });
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body().orElse(""));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> revoke(Caller caller, @PathVariable String id) {
        keys.revoke(caller, PathId.of("key", id));
        return ResponseEntity.noContent().build();
    }
}
