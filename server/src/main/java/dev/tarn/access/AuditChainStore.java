package dev.tarn.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The chains of the audit trail: one a tenant, and one of what is nobody's. */
interface AuditChainStore {
    /** An entry as the database has it, whoever has put it there: nothing is made of it that could fail. */
    record Row(
            String tenantId,
            String id,
            long at,
            @Nullable String actorKind,
            @Nullable String actorId,
            @Nullable String actorName,
            @Nullable String verb,
            @Nullable String resource,
            @Nullable String outcome,
            @Nullable String requestId,
            @Nullable String address,
            @Nullable String details) {}

    /** A place of an entry in its chain; {@code encoding} is 0 when there is none. */
    record Sealed(Row row, long sequence, @Nullable String hash, int encoding) {}

    /** What is about to be written of an entry. */
    record Seal(String id, long sequence, String hash) {}

    /**
     * The ends of a chain.
     *
     * @param sequence of the newest sealed entry; 0 before the first
     * @param base up to which entry retention has removed all; 0 when nothing was
     */
    record Head(long sequence, String hash, Instant sealedAt, long base, String baseHash) {}

    /** When an entry was sealed in the chain, and when it happened. */
    record Place(long sequence, String hash, Instant at) {}

    /** Tenants that have an entry outside of their chain. */
    List<UUID> unsealedTenants();

    /** Tenants that have entries. */
    List<UUID> entryTenants();

    /** Tenants that have a chain. */
    List<UUID> tenants();

    /**
     * Takes or renews the right to seal, in the transaction that seals; the chain is made when there is none. The row stays
     * locked until that transaction ends.
     *
     * @param absurd a lease that lasts longer than this was given by a clock that went wrong, and does not count
     * @return false while somebody else has it
     */
    boolean lease(UUID tenantId, String owner, Instant now, Instant until, Instant absurd);

    Optional<Head> head(UUID tenantId);

    /** The oldest entries outside of the chain. */
    List<Row> unsealed(UUID tenantId, int limit);

    /** Writes places and hashes; fails when one of the entries has them already. */
    void seal(UUID tenantId, List<Seal> seals, int encoding);

    /** Moves the head on; false when it is not where the caller took it to be. */
    boolean move(UUID tenantId, Head from, Head to);

    /** The entries after a place, in the chain's order. */
    List<Sealed> after(UUID tenantId, long sequence, int limit);

    /** {@link #after} in short. */
    List<Place> places(UUID tenantId, long after, int limit);

    /** Removes entries after {@code base} up to {@code through}; returns how many there were. */
    int remove(UUID tenantId, long base, long through);

    /** How many entries have a place after {@code after} and up to {@code through}. */
    long count(UUID tenantId, long after, long through);

    /** How many entries are outside of the chain. */
    long countUnsealed(UUID tenantId);
}
