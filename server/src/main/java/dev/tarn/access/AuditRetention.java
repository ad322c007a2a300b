package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Removes the oldest entries of each chain once they are as old as the policy says. Only a piece from the chain's beginning
 * goes, so the rest can still be verified from the hash of the last one removed, which the head keeps. The removal is an entry
 * of the trail itself, with that hash: without such an entry a missing beginning was cut off by somebody else.
 */
final class AuditRetention {
    /** What the entry of a removal says it removed up to, and its hash. */
    static final String THROUGH = "through";

    static final String HASH = "hash";
    static final String VERB = "drop";
    static final String RESOURCE = "audit:*";
    static final String ACTOR_KIND = "server";

    private static final Logger LOG = LoggerFactory.getLogger("dev.tarn.audit");
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int BATCH = 20_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Database database;
    private final AuditChainStore store;
    private final AuditStore entries;
    private final Duration kept;
    private final Ids ids;
    private final Clock clock;
    private Instant next = Instant.MIN;

    AuditRetention(Database database, AuditChainStore store, AuditStore entries, Duration kept, Ids ids, Clock clock) {
        this.database = database;
        this.store = store;
        this.entries = entries;
        this.kept = kept;
        this.ids = ids;
        this.clock = clock;
    }

    /** Looks once an hour. */
    void pass(String owner) {
        Instant now = clock.instant();
        if (now.isBefore(next) && next.isBefore(now.plus(PAUSE.multipliedBy(2)))) {
            return;
        }
        next = now.plus(PAUSE);
        // Whole days, so that there is one removal a day and not one an hour.
        Instant before = now.minus(kept).truncatedTo(ChronoUnit.DAYS);
        for (UUID tenantId : store.tenants()) {
            try {
                remove(tenantId, owner, before);
            } catch (RuntimeException e) {
                LOG.warn("Old entries of the audit trail of tenant {} could not be removed", tenantId, e);
            }
        }
    }

    private void remove(UUID tenantId, String owner, Instant before) {
        // Looked at without a transaction: most tenants have nothing that old, and need not wait for the writers' turn.
        boolean more =
                !oldest(tenantId, store.head(tenantId).orElseThrow(), before, 1).isEmpty();
        while (more) {
            more = database.inTransaction(() -> removeSome(tenantId, owner, before));
        }
    }

    private boolean removeSome(UUID tenantId, String owner, Instant before) {
        if (!AuditSealer.lease(store, tenantId, owner, clock.instant())) {
            return false;
        }
        AuditChainStore.Head head = store.head(tenantId).orElseThrow();
        List<AuditChainStore.Place> places = oldest(tenantId, head, before, BATCH);
        if (places.isEmpty()) {
            return false;
        }
        AuditChainStore.Place last = places.getLast();
        store.remove(tenantId, head.base(), last.sequence());
        AuditChainStore.Head moved =
                new AuditChainStore.Head(head.sequence(), head.hash(), head.sealedAt(), last.sequence(), last.hash());
        if (!store.move(tenantId, head, moved)) {
            throw new IllegalStateException("The head of tenant %s moved while it was locked".formatted(tenantId));
        }
        entries.append(entry(tenantId, last, before));
        return places.size() == BATCH;
    }

    /** The longest piece from the chain's beginning that is old enough. */
    private List<AuditChainStore.Place> oldest(UUID tenantId, AuditChainStore.Head head, Instant before, int limit) {
        return store.places(tenantId, head.base(), limit).stream()
                .takeWhile(place ->
                        place.sequence() <= head.sequence() && place.at().isBefore(before))
                .toList();
    }

    private AuditStore.Entry entry(UUID tenantId, AuditChainStore.Place last, Instant before) {
        return new AuditStore.Entry(
                tenantId,
                ids.next(),
                clock.instant(),
                ACTOR_KIND,
                new UUID(0, 0),
                "tarn",
                VERB,
                RESOURCE,
                Audit.Outcome.DONE.text(),
                Caller.Origin.LOCAL.requestId(),
                Caller.Origin.LOCAL.address(),
                JSON.writeValueAsString(Map.of(
                        "what",
                        "retention",
                        THROUGH,
                        last.sequence(),
                        HASH,
                        last.hash(),
                        "before",
                        before.toString())));
    }

    /** What an entry says that retention removed; empty when it says something else. */
    static Optional<AuditHead> removal(AuditChainStore.Row row) {
        if (!ACTOR_KIND.equals(row.actorKind()) || !VERB.equals(row.verb()) || !RESOURCE.equals(row.resource())) {
            return Optional.empty();
        }
        try {
            var details = JSON.readTree(String.valueOf(row.details()));
            return Optional.of(new AuditHead(
                    details.path(THROUGH).asLong(), details.path(HASH).asString(), Optional.empty()));
        } catch (tools.jackson.core.JacksonException | IllegalArgumentException e) {
            return Optional.empty(); // somebody's edit, which the chain finds
        }
    }
}
