package dev.tarn.usage;

import dev.tarn.access.Caller;
import dev.tarn.access.RatePlan;
import dev.tarn.access.RateSettings;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often keys may call. The count is a row that all servers share. A server takes permits from it: one at a time for a plan of
 * up to 10,000 calls, which is therefore exact; for a larger one a hundredth of the span at a time, so that a busy key does not
 * cost a write a call. What a server holds at the span's end lapses.
 *
 * <p>A span begins where the clock's does. A clock that is put forward begins another; one that is put back finds a span that
 * begins in the future and forgets it, so that no key is locked out. While the database does not answer, each server counts alone.
 */
public final class Rates implements AutoCloseable {
    private static final int MOST_KEYS = 10_000;
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final RateSettings settings;
    private final RateLedger ledger;
    private final Clock clock;
    private final Map<UUID, KeyRate> keys = new ConcurrentHashMap<>();

    Rates(Database database, RateSettings settings, Clock clock) {
        this(new RateLedger(database, new JdbcRateStore(database)), settings, clock);
    }

    Rates(RateLedger ledger, RateSettings settings, Clock clock) {
        this.settings = settings;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Takes one call of the key's plan, or says when there will be another. */
    public RateAnswer admit(Caller.KeyHolder key) {
        Instant now = clock.instant();
        KeyRate rate = keys.get(key.keyId());
        if (rate == null || !rate.isOf(key)) {
            forgetIdle(now);
            RatePlan plan = settings.planOrNarrowest(key.ratePlan());
            rate = keys.compute(
                    key.keyId(),
                    (id, known) -> known != null && known.isOf(key) ? known : new KeyRate(key, plan, ledger));
        }
        return rate.admit(now);
    }

    private void forgetIdle(Instant now) {
        if (keys.size() >= MOST_KEYS) {
            Instant idle = now.minus(IDLE);
            keys.values().removeIf(rate -> rate.isOlderThan(idle));
        }
    }

    @Override
    public void close() {
        ledger.close();
    }
}
