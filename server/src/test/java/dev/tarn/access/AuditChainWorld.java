package dev.tarn.access;

import dev.tarn.platform.Ids;
import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Chains of the audit trail in a database, without the rest of the module. */
final class AuditChainWorld {
    /** Worlds of one database must not make the same ids. */
    private static final AtomicLong SEEDS = new AtomicLong();

    final Database database;
    final MovableClock clock = new MovableClock();
    final Ids ids = new Ids(clock, new Random(SEEDS.incrementAndGet()));
    final AuditStore entries;
    final AuditChainStore chains;

    AuditChainWorld(Database database) {
        this.database = database;
        this.entries = new JdbcAuditStore(database);
        this.chains = new JdbcAuditChainStore(database);
    }

    /** A server's sealer that works when it is told. */
    AuditSealer sealer(String owner) {
        return sealer(owner, chains);
    }

    AuditSealer sealer(String owner, AuditChainStore store) {
        return new AuditSealer(database, store, retention(chains), clock, owner);
    }

    AuditRetention retention(AuditChainStore store) {
        return new AuditRetention(database, store, entries, Duration.ofDays(365), ids, clock);
    }

    UUID tenant() {
        return ids.next();
    }

    void write(UUID tenant, int count) {
        database.inTransaction(() -> {
            for (int i = 0; i < count; i++) {
                clock.advance(Duration.ofMillis(1));
                entries.append(entry(tenant, ids.next(), "table:iceberg.a.t" + i));
            }
        });
    }

    /** A tenant with that many sealed entries. */
    UUID sealed(int count) {
        UUID tenant = tenant();
        write(tenant, count);
        sealer("server").pass();
        return tenant;
    }

    AuditStore.Entry entry(UUID tenant, UUID id, String resource) {
        return new AuditStore.Entry(
                tenant,
                id,
                clock.instant(),
                "person",
                new UUID(1, 2),
                "Zoë",
                "insert",
                resource,
                "done",
                "request 1",
                "10.0.0.1",
                "{\"rows\":1}");
    }

    AuditReport verify(UUID tenant, AuditHead... known) {
        return AuditVerification.of(chains, tenant, List.of(known));
    }

    AuditHead head(UUID tenant) {
        return verify(tenant).head().orElseThrow();
    }

    /** What somebody does who has the database. */
    int sql(String statement, Object... values) {
        return database.inTransaction(
                () -> database.client().sql(statement).params(values).update());
    }

    Instant now() {
        return clock.instant();
    }
}
