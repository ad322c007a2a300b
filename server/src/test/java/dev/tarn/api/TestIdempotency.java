package dev.tarn.api;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.TestSecrets;
import dev.tarn.storage.FailingStores;
import dev.tarn.storage.Faults;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.springframework.util.unit.DataSize;

/** Requests with an Idempotency-Key of one server process, for tests of other modules. */
public final class TestIdempotency {
    private TestIdempotency() {}

    public static IdempotentRequests on(Database database, Clock clock, Faults faults, Random random) {
        IdempotencyStore store = FailingStores.of(IdempotencyStore.class, new JdbcIdempotencyStore(database), faults);
        ApiSettings settings = new ApiSettings(
                DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), Duration.ofHours(24), Duration.ofSeconds(1));
        return new IdempotentRequests(
                database, store, TestSecrets.on(database), new Ids(clock, random), clock, settings);
    }
}
