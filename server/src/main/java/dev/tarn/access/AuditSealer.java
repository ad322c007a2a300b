package dev.tarn.access;

import dev.tarn.platform.Repeating;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals entries of the audit trail into the chain of their tenant, within about a second. Entries are sealed as they become
 * visible: one that was begun earlier and committed later comes later in the chain, and none is left out. Of several servers
 * the one with the tenant's lease seals; when it dies another takes the lease over. That two never seal at once does not hang
 * on clocks: the lease's row is locked until the seals are committed, and the head moves only from where it was found.
 */
final class AuditSealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.tarn.audit");
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** No server's clock is taken to be wrong by more; a lease beyond it is from one that was, and is not waited for. */
    private static final Duration WRONG_CLOCK = Duration.ofMinutes(2);

    private static final Duration LOGGED = Duration.ofMinutes(1);
    private static final int BATCH = 1_000;

    private final Database database;
    private final AuditChainStore store;
    private final AuditRetention retention;
    private final Clock clock;
    private final String owner;
    private final Map<UUID, AuditChainStore.Head> unlogged = new LinkedHashMap<>();
    private Optional<Repeating> worker = Optional.empty();
    private Instant logged = Instant.EPOCH;

    AuditSealer(Database database, AuditChainStore store, AuditRetention retention, Clock clock, String owner) {
        this.database = database;
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        this.owner = owner;
    }

    /** Seals from now on in the background. */
    synchronized AuditSealer start() {
        worker = Optional.of(Repeating.start("tarn-audit-sealer", PAUSE, this::pass));
        return this;
    }

    /** Takes or renews the tenant's lease in the transaction of this thread. */
    static boolean lease(AuditChainStore store, UUID tenantId, String owner, Instant now) {
        return store.lease(tenantId, owner, now, now.plus(LEASE), now.plus(WRONG_CLOCK));
    }

    /** One round. A tenant whose entries cannot be sealed keeps no other waiting. */
    synchronized void pass() {
        for (UUID tenantId : store.unsealedTenants()) {
            try {
                sealAll(tenantId);
            } catch (RuntimeException e) {
                LOG.warn("The audit trail of tenant {} could not be sealed; it is tried again", tenantId, e);
            }
        }
        Instant now = clock.instant();
        // A clock that was set back must not silence the log.
        if (logged.isAfter(now) || !now.isBefore(logged.plus(LOGGED))) {
            log();
            logged = now;
        }
        retention.pass(owner);
    }

    private void sealAll(UUID tenantId) {
        boolean more;
        do {
            Optional<Piece> piece = database.inTransaction(() -> seal(tenantId));
            piece.ifPresent(done -> unlogged.put(tenantId, done.head()));
            more = piece.map(Piece::isFull).orElse(false);
        } while (more);
    }

    /** Entries that were sealed in one transaction, and where the head is since. */
    private record Piece(AuditChainStore.Head head, int entries) {
        boolean isFull() {
            return entries == BATCH;
        }
    }

    private Optional<Piece> seal(UUID tenantId) {
        Instant now = clock.instant();
        if (!lease(store, tenantId, owner, now)) {
            return Optional.empty();
        }
        List<AuditChainStore.Row> rows = store.unsealed(tenantId, BATCH);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        AuditChainStore.Head head = store.head(tenantId).orElseThrow();
        List<AuditChainStore.Seal> seals = new ArrayList<>(rows.size());
        long sequence = head.sequence();
        String hash = head.hash();
        for (AuditChainStore.Row row : rows) {
            sequence++;
            hash = AuditChain.hash(hash, sequence, row);
            seals.add(new AuditChainStore.Seal(row.id(), sequence, hash));
        }
        store.seal(tenantId, seals, AuditChain.ENCODING);
        AuditChainStore.Head moved = new AuditChainStore.Head(sequence, hash, now, head.base(), head.baseHash());
        if (!store.move(tenantId, head, moved)) {
            throw new IllegalStateException("The head of tenant %s moved while it was locked".formatted(tenantId));
        }
        return Optional.of(new Piece(moved, seals.size()));
    }

    private void log() {
        unlogged.forEach((tenantId, head) -> LOG.info(AuditHeads.logged(tenantId, head.sequence(), head.hash())));
        unlogged.clear();
    }

    @Override
    public void close() {
        worker.ifPresent(Repeating::close);
        synchronized (this) {
            log();
        }
    }
}
