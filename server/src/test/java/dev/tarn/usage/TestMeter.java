package dev.tarn.usage;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;

/** A meter and quotas for tests of other modules. */
public final class TestMeter {
    private TestMeter() {}

    public static Meter on(Database database, Ids ids, Clock clock) {
        UsageSettings settings = new UsageSettings(Duration.ofDays(400), 60);
        return new Meter(database, new JdbcUsageStore(database), settings, Prices.NOTHING, ids, clock);
    }

    /** Quotas as the database has them, for tenants that store so much. */
    public static Allowance allowance(Database database, StoredBytes stored, Clock clock) {
        return new Allowance(new JdbcQuotaStore(database), new JdbcUsageStore(database), stored, clock);
    }
}
