package dev.tarn.api.tarn;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.usage.Quota;
import dev.tarn.usage.Quotas;
import dev.tarn.usage.Usage;
import dev.tarn.usage.UsageAmount;
import dev.tarn.usage.UsageGrouping;
import dev.tarn.usage.UsagePeriod;
import dev.tarn.usage.UsageReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was used, and how much may be. */
@RestController
@RequestMapping("/tarn/v1")
class UsageController {
    private final Usage usage;
    private final Quotas quotas;

    UsageController(Usage usage, Quotas quotas) {
        this.usage = usage;
        this.quotas = quotas;
    }

    /** Sums of a group. */
    record Line(
            String group,
            @Nullable UUID id,
            long calls,
            long statements,
            long bytesScanned,
            long bytesLoaded,
            BigDecimal jobSeconds,
            long modelTokens,
            BigDecimal costUsd) {
        static Line of(UsageReport.Row row) {
            UsageAmount amount = row.amount();
            return new Line(
                    row.group(),
                    row.id().orElse(null),
                    amount.calls(),
                    amount.statements(),
                    amount.bytesScanned(),
                    amount.bytesLoaded(),
                    BigDecimal.valueOf(amount.jobMs(), 3),
                    amount.modelTokens(),
                    row.costUsd());
        }
    }

    /** All groups. */
    record Report(String scope, List<Line> rows, Line total) {}

    @GetMapping("/usage")
    Report report(
            Caller caller,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(defaultValue = "day") String by,
            @RequestParam(name = "time_zone", defaultValue = "UTC") String zone) {
        UsagePeriod period = new UsagePeriod(Optional.ofNullable(from), Optional.ofNullable(until));
        UsageReport report = usage.report(caller, period, grouping(by), zone);
        return new Report(
                report.own() ? "own" : "tenant",
                report.rows().stream().map(Line::of).toList(),
                Line.of(report.total()));
    }

    private static UsageGrouping grouping(String by) {
        return Arrays.stream(UsageGrouping.values())
                .filter(known -> known.text().equals(by))
                .findFirst()
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "Usage is grouped by %s; choose one of them for by"
                                .formatted(Arrays.stream(UsageGrouping.values())
                                        .map(UsageGrouping::text)
                                        .collect(Collectors.joining(", ")))));
    }

    /** Limits; null is none. */
    record Wanted(
            @Nullable String tenant,
            @Nullable Long storageBytes,
            @Nullable Long scannedBytesDay,
            @Nullable Long scannedBytesMonth) {
        Quota quota() {
            return new Quota(
                    Optional.ofNullable(storageBytes),
                    Optional.ofNullable(scannedBytesDay),
                    Optional.ofNullable(scannedBytesMonth));
        }
    }

    /** What is used of the limits. */
    record Used(long storageBytes, long scannedBytesDay, long scannedBytesMonth) {}

    /** A tenant's limits, and what is used of them. */
    record Shown(
            UUID tenantId,
            @Nullable Long storageBytes,
            @Nullable Long scannedBytesDay,
            @Nullable Long scannedBytesMonth,
            Used used) {
        static Shown of(Quotas.Standing standing) {
            Quota quota = standing.quota();
            return new Shown(
                    standing.tenantId(),
                    quota.storageBytes().orElse(null),
                    quota.scannedBytesDay().orElse(null),
                    quota.scannedBytesMonth().orElse(null),
                    new Used(
                            standing.used().storageBytes(),
                            standing.used().scannedBytesDay(),
                            standing.used().scannedBytesMonth()));
        }
    }

    @GetMapping("/quotas")
    Shown quotas(Caller caller, @RequestParam(required = false) @Nullable String tenant) {
        return Shown.of(quotas.standing(caller, Optional.ofNullable(tenant)));
    }

    @PutMapping("/quotas")
    Shown set(Caller caller, @RequestBody Wanted wanted) {
        return Shown.of(quotas.set(caller, Optional.ofNullable(wanted.tenant()), wanted.quota()));
    }
}
