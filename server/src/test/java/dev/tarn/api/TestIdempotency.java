package dev.tarn.api;

import dev.tarn.platform.Ids;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.TestSecrets;
import dev.tarn.storage.FailingStores;
import dev.tarn.storage.Faults;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.springframework.util.unit.DataSize;

/** Requests with an Idempotency-Key of one server process, for tests of other modules. */
public final class TestIdempotency {
    private TestIdempotency() {}

    public static IdempotentRequests on(Database database, Clock clock, Faults faults, Random random) {
        IdempotencyStore jdbc = new JdbcIdempotencyStore(database);
        IdempotencyStore failing = FailingStores.of(IdempotencyStore.class, jdbc, faults);
        // What is old is swept by whoever closes, dead or not; it is no step of any request.
        IdempotencyStore store = (IdempotencyStore) Proxy.newProxyInstance(
                TestIdempotency.class.getClassLoader(),
                new Class<?>[] {IdempotencyStore.class},
                (proxy, method, values) -> {
                    try {
                        return method.invoke(method.getName().equals("purge") ? jdbc : failing, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        ApiSettings settings = new ApiSettings(
                DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), Duration.ofHours(24), Duration.ofSeconds(1));
        return new IdempotentRequests(
                database, store, TestSecrets.on(database), new Ids(clock, random), clock, settings);
    }
}
