package dev.tarn.usage;

import dev.tarn.access.Caller;
import dev.tarn.access.RatePlan;
import dev.tarn.access.RateSettings;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often keys and tokens may call. The count is a row that all servers share. A server takes permits from it: one at a time for a plan of
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

    /**
     * Takes one call of the caller's plan, or says when there will be another; empty for callers who are not counted. A key has
     * a count of its own. The tokens of one user, of our login or of an identity provider, have one together on the plan of new
     * keys: a token is made too easily to be given a count each.
     */
    public Optional<RateAnswer> admit(Caller caller) {
        return switch (caller) {
            case Caller.KeyHolder key -> Optional.of(admit(key.tenantId(), key.keyId(), key.ratePlan()));
            case Caller.TokenHolder holder ->
                Optional.of(admit(holder.tenantId(), holder.userId(), RateSettings.NEW_KEYS));
            case Caller.Person atTheConsole -> Optional.empty();
            case Caller.JobToken ofTheServer -> Optional.empty();
            case Caller.Server itself -> Optional.empty();
            case Caller.Anonymous nobody -> Optional.empty();
        };
    }

    /** @param counted the id of the key, or of the user; both are unique among all ids */
    private RateAnswer admit(UUID tenantId, UUID counted, String planName) {
        Instant now = clock.instant();
        KeyRate rate = keys.get(counted);
        if (rate == null || !rate.isOn(planName)) {
            forgetIdle(now);
            RatePlan plan = settings.planOrNarrowest(planName);
            rate = keys.compute(
                    counted,
                    (id, known) -> known != null && known.isOn(planName)
                            ? known
                            : new KeyRate(tenantId, id, planName, plan, ledger));
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
