package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * The chains of all tenants in a database that is only read, verified for the person at the machine.
 *
 * @param intact whether nothing is wrong with any of them
 */
public record AuditCheck(boolean intact, List<Chain> chains) {
    private static final int ID = 36;

    /** The end of a chain. */
    public record Head(long sequence, String hash, @Nullable Instant sealedAt) {}

    /** What is not as it was sealed. */
    public record Problem(@Nullable Long sequence, @Nullable String entryId, String text) {}

    /** The chain of a tenant; {@code tenant} is its name. */
    public record Chain(
            String tenantId,
            String tenant,
            boolean intact,
            long entries,
            long firstSequence,
            @Nullable Head head,
            long unsealed,
            List<Problem> problems) {
        private static Chain of(UUID tenantId, String name, AuditReport report) {
            return new Chain(
                    tenantId.toString(),
                    name,
                    report.intact(),
                    report.entries(),
                    report.firstSequence(),
                    report.head()
                            .map(head -> new Head(
                                    head.sequence(),
                                    head.hash(),
                                    head.sealedAt().orElse(null)))
                            .orElse(null),
                    report.unsealed(),
                    report.problems().stream()
                            .map(problem -> new Problem(
                                    problem.sequence().orElse(null),
                                    problem.entryId().orElse(null),
                                    problem.text()))
                            .toList());
        }
    }

    /**
     * Verifies.
     *
     * @param logs a folder of log files with heads
     * @param heads more of them, {@code TENANT:SEQUENCE:HASH}
     */
    public static AuditCheck of(String databaseUrl, Path logs, List<String> heads) {
        Map<UUID, List<AuditHead>> known = new LinkedHashMap<>();
        AuditHeads.in(logs)
                .forEach((tenantId, found) -> known.computeIfAbsent(tenantId, any -> new ArrayList<>())
                        .addAll(found));
        heads.forEach(text -> known.computeIfAbsent(tenant(text), any -> new ArrayList<>())
                .add(AuditHead.parse(text.substring(ID + 1))));
        try (Database database = Database.openToRead(databaseUrl)) {
            return of(database, known);
        } catch (DataAccessException e) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The database has no audit chains that can be read: it is older than this Tarn, or no database of one",
                    e);
        }
    }

    private static AuditCheck of(Database database, Map<UUID, List<AuditHead>> known) {
        AuditChainStore store = new JdbcAuditChainStore(database);
        TenantStore tenants = new JdbcTenantStore(database);
        // A chain that is gone altogether has a head in a log at most.
        Set<UUID> all = new TreeSet<>(store.tenants());
        all.addAll(store.entryTenants());
        all.addAll(known.keySet());
        List<Chain> chains = all.stream()
                .map(tenantId -> Chain.of(
                        tenantId,
                        tenants.find(tenantId)
                                .map(Tenant::name)
                                .orElse(tenantId.equals(Audit.NOBODYS) ? "nobody" : "unknown"),
                        AuditVerification.of(store, tenantId, known.getOrDefault(tenantId, List.of()))))
                .toList();
        return new AuditCheck(chains.stream().allMatch(Chain::intact), chains);
    }

    private static UUID tenant(String text) {
        try {
            if (text.length() > ID + 1 && text.charAt(ID) == ':') {
                return UUID.fromString(text.substring(0, ID));
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST, "A head of a database is TENANT:SEQUENCE:HASH, as the log has it");
    }
}
