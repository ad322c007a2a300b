package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keys of programs: made, listed and revoked. A revoked key, and every session opened with it, ends at once. */
public final class Keys {
    private static final int LONGEST_NAME = 200;

    private static final Instant LATEST_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final KeyStore store;
    private final KeyIssuer issuer;
    private final Clock clock;

    Keys(Access access, Audit audit, Database database, KeyStore store, KeyIssuer issuer, Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Makes a key that acts as the caller, in the caller's workspace. */
    public NewKey create(Caller caller, String name, Optional<Instant> expiresAt) {
        access.require(caller, Verb.CREATE, Resource.key(Resource.ALL));
        String label = name.strip();
        if (label.isEmpty() || label.length() > LONGEST_NAME) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A key needs a name of 1 to %d characters that says what it is for".formatted(LONGEST_NAME));
        }
        expiresAt.filter(at -> !at.isAfter(clock.instant())).ifPresent(past -> {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The key would expire at %s, which is past; give a later time or none".formatted(past));
        });
        expiresAt.filter(at -> at.isAfter(LATEST_EXPIRY)).ifPresent(late -> {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The key would expire after the year 9999; leave expires_at out for a key that does not expire");
        });
        return database.inTransaction(() -> {
            NewKey made = issuer.issue(
                    caller.tenantId(), caller.workspaceId(), caller.userId(), caller.name(), label, expiresAt);
            audit.record(
                    caller,
                    Verb.CREATE,
                    Resource.key(made.key().id().toString()),
                    Audit.Outcome.DONE,
                    Map.of("name", label));
            return made;
        });
    }

    /** The tenant's keys, newest first, revoked and expired ones too. */
    public Page<ApiKey> list(Caller caller, PageRequest page) {
        access.require(caller, Verb.DESCRIBE, Resource.key(Resource.ALL));
        return Page.of(
                store.list(caller.tenantId(), page.cursor(), page.limit() + 1),
                page.limit(),
                key -> key.id().toString());
    }

    /** Revokes a key at once; doing it again changes nothing. */
    public void revoke(Caller caller, UUID keyId) {
        Resource resource = Resource.key(keyId.toString());
        access.require(caller, Verb.DROP, resource);
        database.inTransaction(() -> {
            ApiKey key = store.find(caller.tenantId(), keyId)
                    .orElseThrow(() -> new TarnException(
                            ErrorCode.NOT_FOUND, "There is no key with the id %s; list the keys".formatted(keyId)));
            if (store.revoke(caller.tenantId(), keyId, clock.instant())) {
                audit.record(caller, Verb.DROP, resource, Audit.Outcome.DONE, Map.of("name", key.name()));
            }
        });
    }
}
