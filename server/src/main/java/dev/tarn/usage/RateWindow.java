package dev.tarn.usage;

import dev.tarn.platform.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** One span of one key as this server knows it. Whoever holds the key's lock uses it. */
final class RateWindow {
    /** Up to here a plan is counted call by call; beyond, servers take one percent at a time. */
    private static final long EXACT = 10_000;

    private static final long BLOCKS = 100;

    /** How far another server's clock may be ahead; a span that began later still is of a clock that was put right since. */
    private static final long SKEW_MICROS = Duration.ofMinutes(5).toNanos() / 1_000;

    private final RateSpan span;
    private final long limit;
    private long beganAt = Long.MIN_VALUE;
    private long taken;
    private long left;
    private boolean exhausted;

    RateWindow(RateSpan span, long limit) {
        this.span = span;
        this.limit = limit;
    }

    /** Forgets a span that is over, and one that a clock which has been put back had begun. */
    void roll(Instant now) {
        long current = span.beginning(now);
        boolean ahead = beganAt > current && beganAt <= Database.micros(now) + SKEW_MICROS;
        if (beganAt != current && !ahead) {
            beganAt = current;
            taken = 0;
            left = 0;
            exhausted = false;
        }
    }

    boolean exhausted() {
        return exhausted;
    }

    boolean isEmpty() {
        return left == 0;
    }

    boolean isOlderThan(Instant instant) {
        return span.end(beganAt) < Database.micros(instant);
    }

    RateStore.Wish wish(UUID tenantId, UUID keyId, Instant now) {
        return new RateStore.Wish(
                tenantId,
                keyId,
                span,
                beganAt,
                Database.micros(now) + SKEW_MICROS,
                limit,
                limit <= EXACT ? 1 : limit / BLOCKS);
    }

    void granted(RateStore.Grant grant) {
        beganAt = grant.beganAt();
        taken = grant.taken();
        left = grant.granted();
        exhausted = grant.granted() == 0;
    }

    /** The server counts by itself, while nobody can say what others have taken. */
    void grantItself() {
        if (taken >= limit) {
            exhausted = true;
        } else {
            taken++;
            left++;
        }
    }

    void use() {
        left--;
    }

    long remaining() {
        return exhausted ? 0 : limit - taken + left;
    }

    RateAnswer answer(boolean admitted, String plan, Instant now) {
        long end = span.end(beganAt);
        long wait = Math.max(1, Math.ceilDiv(end - Database.micros(now), 1_000_000L));
        return new RateAnswer(admitted, plan, span.text(), limit, remaining(), end / 1_000_000L, wait);
    }

    long endsAt() {
        return span.end(beganAt);
    }
}
