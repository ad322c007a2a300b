package dev.tarn.usage;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * Lets work in while its tenant's quotas last. What is let in runs to its end, so a tenant may go beyond its scans by what ran
 * at that moment, and by what was metered in the last 200 ms; storage is looked at once more before a commit.
 */
public final class Allowance {
    private final QuotaStore quotas;
    private final UsageStore uses;
    private final StoredBytes stored;
    private final Clock clock;

    Allowance(QuotaStore quotas, UsageStore uses, StoredBytes stored, Clock clock) {
        this.quotas = quotas;
        this.uses = uses;
        this.stored = stored;
        this.clock = clock;
    }

    /**
     * Returns when a statement may read.
     *
     * @throws TarnException {@code SCAN_QUOTA_EXCEEDED}, with {@code retry_after_secs}
     */
    public void requireScans(Caller caller) {
        Quota quota = quotas.find(caller.tenantId());
        LocalDate today = today();
        LocalDate month = today.withDayOfMonth(1);
        quota.scannedBytesMonth()
                .filter(limit -> scannedSince(caller.tenantId(), month) >= limit)
                .ifPresent(limit -> refuseScans(limit, "month", month.plusMonths(1)));
        quota.scannedBytesDay()
                .filter(limit -> scannedSince(caller.tenantId(), today) >= limit)
                .ifPresent(limit -> refuseScans(limit, "day", today.plusDays(1)));
    }

    private void refuseScans(long limit, String span, LocalDate next) {
        Instant end = next.atStartOfDay(ZoneOffset.UTC).toInstant();
        throw new TarnException(
                        ErrorCode.SCAN_QUOTA_EXCEEDED,
                        "The tenant's statements may read %,d bytes a %s and have; try again after %s, or ask the operator for more"
                                .formatted(limit, span, end))
                .with(
                        "retry_after_secs",
                        Math.max(1, Duration.between(clock.instant(), end).toSeconds() + 1));
    }

    /**
     * Returns when anything more may be stored.
     *
     * @throws TarnException {@code STORAGE_QUOTA_EXCEEDED}
     */
    public void requireRoom(Caller caller) {
        quotas.find(caller.tenantId())
                .storageBytes()
                .filter(limit -> stored.of(caller.tenantId()) >= limit)
                .ifPresent(limit -> refuseStorage(limit, "and has; drop"));
    }

    /**
     * Returns when what was just written, and not yet committed, may stay.
     *
     * @throws TarnException {@code STORAGE_QUOTA_EXCEEDED}
     */
    public void requireFit(Caller caller) {
        quotas.find(caller.tenantId())
                .storageBytes()
                .filter(limit -> stored.of(caller.tenantId()) > limit)
                .ifPresent(limit -> refuseStorage(limit, "and this would be more; nothing was changed, drop"));
    }

    private static void refuseStorage(long limit, String what) {
        throw new TarnException(
                ErrorCode.STORAGE_QUOTA_EXCEEDED,
                "The tenant may store %,d bytes %s what is not needed, or ask the operator for more"
                        .formatted(limit, what));
    }

    QuotaUse used(UUID tenantId) {
        LocalDate today = today();
        return new QuotaUse(
                stored.of(tenantId), scannedSince(tenantId, today), scannedSince(tenantId, today.withDayOfMonth(1)));
    }

    private long scannedSince(UUID tenantId, LocalDate day) {
        return uses.bytesScannedSince(tenantId, day.toEpochDay());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
