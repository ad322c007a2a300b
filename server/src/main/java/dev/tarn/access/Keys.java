package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Keys of programs: made, listed and revoked. A revoked key, and every session opened with it, ends at once. */
public final class Keys {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_RESTRICTIONS = 1_000;
    private static final Set<Resource.Kind> DATA = Set.of(
            Resource.Kind.CATALOG,
            Resource.Kind.NAMESPACE,
            Resource.Kind.TABLE,
            Resource.Kind.DATASET,
            Resource.Kind.AGENT,
            Resource.Kind.PIPELINE,
            Resource.Kind.MODEL);
    private static final int BATCH = 1_000;
    private static final Resource ALL = Resource.key(Resource.ALL);
    private static final Instant LATEST_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final KeyStore store;
    private final KeyIssuer issuer;
    private final Users users;
    private final RoleStore roles;
    private final Grants grants;
    private final RateSettings rates;
    private final Clock clock;

    Keys(
            Access access,
            Audit audit,
            Database database,
            KeyStore store,
            KeyIssuer issuer,
            Users users,
            RoleStore roles,
            Grants grants,
            RateSettings rates,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.issuer = issuer;
        this.users = users;
        this.roles = roles;
        this.grants = grants;
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * Makes a key, in the caller's workspace. For another user, or with a role that the caller has not, it takes the right to
     * manage keys. A caller whose own key has limits, or a rate plan, makes none that may more.
     */
    public NewKey create(Caller caller, WantedKey wanted) {
        access.require(caller, Verb.CREATE, ALL);
        WantedKey checked = checked(wanted);
        User user = checked.user().map(name -> users.find(caller, name)).orElseGet(() -> users.self(caller));
        KeyLimits limits = limits(caller, checked);
        boolean manages = access.allows(caller, Verb.MANAGE, ALL);
        boolean ownRole =
                checked.role().isEmpty() || user.roles().contains(limits.role().orElseThrow());
        WantedKey planned = planned(caller, checked, manages);
        if (!manages && (!user.id().equals(caller.userId()) || !ownRole)) {
            access.require(caller, Verb.MANAGE, ALL);
        }
        if (user.operator() && !user.id().equals(caller.userId())) {
            access.requireOperator(caller);
        }
        if (!limits.within(access.rights(caller).limits())) {
            audit.denied(caller, Verb.CREATE.text(), ALL);
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The key of this call is limited, and makes no key with fewer limits; give the new one the same");
        }
        return database.inTransaction(() -> {
            NewKey made = issuer.issue(caller.tenantId(), caller.workspaceId(), user, planned, limits);
            audit.record(
                    caller,
                    Verb.CREATE,
                    Resource.key(made.key().id().toString()),
                    Audit.Outcome.DONE,
                    Map.of("name", checked.name(), "user", user.name(), "limits", limits.text()));
            return made;
        });
    }

    private WantedKey checked(WantedKey wanted) {
        String label = wanted.name().strip();
        if (label.isEmpty() || label.length() > LONGEST_NAME) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A key needs a name of 1 to %d characters that says what it is for".formatted(LONGEST_NAME));
        }
        wanted.expiresAt().filter(at -> !at.isAfter(clock.instant())).ifPresent(past -> {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The key would expire at %s, which is past; give a later time or none".formatted(past));
        });
        wanted.expiresAt().filter(at -> at.isAfter(LATEST_EXPIRY)).ifPresent(late -> {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The key would expire after the year 9999; leave expires_at out for a key that does not expire");
        });
        return new WantedKey(
                label,
                wanted.user(),
                wanted.role(),
                wanted.only(),
                wanted.expiresAt(),
                wanted.ratePlan(),
                wanted.prefix());
    }

    /** A key is on the plan of the key that makes it, and on a wider one only for who manages keys. */
    private WantedKey planned(Caller caller, WantedKey wanted, boolean manages) {
        RatePlan own = rates.planOrNarrowest(
                caller instanceof Caller.KeyHolder holder ? holder.ratePlan() : RateSettings.NEW_KEYS);
        RatePlan plan = wanted.ratePlan().map(this::plan).orElse(own);
        if (!manages && !(caller instanceof Caller.Person) && plan.isWiderThan(own)) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The key or token of this call is on the rate plan %s, and makes no key on %s, which has more calls"
                            .formatted(own.name(), plan.name()));
        }
        return new WantedKey(
                wanted.name(),
                wanted.user(),
                wanted.role(),
                wanted.only(),
                wanted.expiresAt(),
                Optional.of(plan.name()),
                wanted.prefix());
    }

    private RatePlan plan(String name) {
        return rates.plan(name)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "There is no rate plan %s; there are %s"
                                .formatted(
                                        name,
                                        String.join(
                                                ", ",
                                                new TreeSet<>(rates.plans().keySet())))));
    }

    private KeyLimits limits(Caller caller, WantedKey wanted) {
        Optional<String> role = wanted.role()
                .map(name -> roles.named(caller.tenantId(), name)
                        .orElseThrow(() -> new TarnException(
                                ErrorCode.INVALID_REQUEST, "There is no role %s; list the roles".formatted(name))));
        wanted.only()
                .filter(only -> only.isEmpty() || only.size() > MOST_RESTRICTIONS)
                .ifPresent(only -> {
                    throw new TarnException(
                            ErrorCode.INVALID_REQUEST,
                            "A key is restricted to 1 to %d things; leave the list out for none"
                                    .formatted(MOST_RESTRICTIONS));
                });
        Optional<List<Resource>> only = wanted.only()
                .map(texts -> texts.stream()
                        .map(text -> grants.resource(caller, text))
                        .distinct()
                        .toList());
        only.stream()
                .flatMap(List::stream)
                .filter(resource -> !DATA.contains(resource.kind()))
                .findFirst()
                .ifPresent(other -> {
                    throw new TarnException(
                            ErrorCode.INVALID_REQUEST,
                            "A key is restricted to data, and %s is none; write namespace:... or table:..."
                                    .formatted(other.text()));
                });
        return new KeyLimits(role, only);
    }

    /**
     * Keys, newest first, revoked and expired ones too: all of the tenant's with the right to manage keys, else the caller's
     * own.
     */
    public Page<ApiKey> list(Caller caller, PageRequest page) {
        access.require(caller, Verb.DESCRIBE, ALL);
        Optional<UUID> user = access.allows(caller, Verb.MANAGE, ALL) ? Optional.empty() : Optional.of(caller.userId());
        return Page.of(
                store.list(caller.tenantId(), user, page.cursor(), page.limit() + 1),
                page.limit(),
                key -> key.id().toString());
    }

    /** The caller's own keys that were not revoked, newest first. */
    public List<ApiKey> own(Caller caller) {
        access.require(caller, Verb.DESCRIBE, ALL);
        List<ApiKey> own = new ArrayList<>();
        List<ApiKey> batch;
        Optional<String> before = Optional.empty();
        do {
            batch = store.list(caller.tenantId(), Optional.of(caller.userId()), before, BATCH);
            batch.stream().filter(key -> key.revokedAt().isEmpty()).forEach(own::add);
            before = batch.isEmpty()
                    ? Optional.empty()
                    : Optional.of(batch.getLast().id().toString());
        } while (batch.size() == BATCH);
        return own;
    }

    /**
     * One of the caller's own keys that was not revoked.
     *
     * @throws TarnException {@code NOT_FOUND} for any other
     */
    public ApiKey own(Caller caller, UUID keyId) {
        access.require(caller, Verb.DESCRIBE, Resource.key(keyId.toString()));
        return store.find(caller.tenantId(), keyId)
                .filter(key ->
                        key.userId().equals(caller.userId()) && key.revokedAt().isEmpty())
                .orElseThrow(() -> unknown(keyId));
    }

    /** Revokes a key at once, the caller's own or, with the right to manage keys, any; doing it again changes nothing. */
    public void revoke(Caller caller, UUID keyId) {
        Resource resource = Resource.key(keyId.toString());
        access.require(caller, Verb.DROP, resource);
        boolean manages = access.allows(caller, Verb.MANAGE, resource);
        database.inTransaction(() -> {
            ApiKey key = store.find(caller.tenantId(), keyId)
                    .filter(found -> manages || found.userId().equals(caller.userId()))
                    .orElseThrow(() -> unknown(keyId));
            if (store.revoke(caller.tenantId(), keyId, clock.instant())) {
                audit.record(caller, Verb.DROP, resource, Audit.Outcome.DONE, Map.of("name", key.name()));
            }
        });
    }

    private static TarnException unknown(UUID keyId) {
        return new TarnException(ErrorCode.NOT_FOUND, "There is no key with the id %s; list the keys".formatted(keyId));
    }
}
