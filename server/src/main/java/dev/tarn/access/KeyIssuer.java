package dev.tarn.access;

import dev.tarn.platform.Ids;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Makes keys and keeps their hashes, inside the transaction of whoever asks for one. */
final class KeyIssuer {
    private final KeyStore keys;
    private final Secrets secrets;
    private final Ids ids;
    private final Clock clock;

    KeyIssuer(KeyStore keys, Secrets secrets, Ids ids, Clock clock) {
        this.keys = keys;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
    }

    /** The first key of a user, without limits. */
    NewKey issue(UUID tenantId, UUID workspaceId, User user, String name) {
        return issue(tenantId, workspaceId, user, WantedKey.named(name), KeyLimits.NONE);
    }

    NewKey issue(UUID tenantId, UUID workspaceId, User user, WantedKey wanted, KeyLimits limits) {
        String secret = secrets.key(wanted.prefix());
        ApiKey key = new ApiKey(
                ids.next(),
                wanted.name(),
                Secrets.shownPrefix(secret),
                user.id(),
                user.name(),
                limits,
                wanted.ratePlan().orElse(WantedKey.DEFAULT_PLAN),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                wanted.expiresAt().map(at -> at.truncatedTo(ChronoUnit.MICROS)),
                Optional.empty(),
                Optional.empty());
        keys.insert(tenantId, workspaceId, key, Secrets.hash(secret));
        return new NewKey(key, secret);
    }
}
