package dev.tarn.usage;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import java.time.Clock;

/** A meter for tests of other modules. */
public final class TestMeter {
    private TestMeter() {}

    public static Meter on(Database database, Ids ids, Clock clock) {
        return new Meter(database, new JdbcUsageStore(database), ids, clock);
    }
}
