package dev.tarn.usage;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was used, for those who used it and for those who look after a tenant. */
public final class Usage {
    private final Access access;
    private final UsageStore store;

    Usage(Access access, UsageStore store) {
        this.access = access;
        this.store = store;
    }

    /**
     * Sums of the tenant's use; of the caller's own, without the right to see the others'.
     *
     * @param zone of days and hours
     */
    public UsageReport report(Caller caller, UsagePeriod period, UsageGrouping by, String zone) {
        access.requireSomebody(caller);
        boolean own = !access.allows(caller, Verb.SELECT, Resource.all(Resource.Kind.USAGE));
        return report(caller, own, period, by, zone);
    }

    /** Sums of the caller's own use. */
    public UsageReport ownReport(Caller caller, UsagePeriod period, UsageGrouping by, String zone) {
        access.requireSomebody(caller);
        return report(caller, true, period, by, zone);
    }

    private UsageReport report(Caller caller, boolean own, UsagePeriod period, UsageGrouping by, String zone) {
        ZoneTimes times = ZoneTimes.of(zone);
        UsageStore.Whose whose =
                new UsageStore.Whose(caller.tenantId(), own ? Optional.of(caller.userId()) : Optional.empty());
        Map<String, UsageReport.Row> rows = new LinkedHashMap<>();
        UsageReport.Row total = new UsageReport.Row("total", Optional.empty(), UsageAmount.NONE, BigDecimal.ZERO);
        for (UsageStore.Sum sum : store.sums(whose, period, by.stored())) {
            UsageReport.Row row = row(by, times, sum);
            rows.merge(row.id().map(UUID::toString).orElse(row.group()), row, UsageReport.Row::plus);
            total = total.plus(row);
        }
        return new UsageReport(own, rows.values().stream().sorted(order(by)).toList(), total);
    }

    private static UsageReport.Row row(UsageGrouping by, ZoneTimes times, UsageStore.Sum sum) {
        boolean hasId = !sum.group().isEmpty() && (by == UsageGrouping.USER || by == UsageGrouping.KEY);
        String group = switch (by) {
            case DAY -> times.day(Long.parseLong(sum.group()));
            case HOUR -> times.hour(Long.parseLong(sum.group()));
            case KIND -> sum.group();
            case USER, KEY -> sum.label().orElse(sum.group().isEmpty() ? "console" : sum.group());
        };
        return new UsageReport.Row(
                group,
                hasId ? Optional.of(UUID.fromString(sum.group())) : Optional.empty(),
                sum.amount(),
                Prices.of(sum.prices()).cost(sum.amount()));
    }

    private static Comparator<UsageReport.Row> order(UsageGrouping by) {
        Comparator<UsageReport.Row> byName = Comparator.comparing(UsageReport.Row::group);
        return switch (by) {
            case DAY, HOUR -> byName;
            case USER, KEY, KIND ->
                Comparator.<UsageReport.Row>comparingLong(row -> -row.amount().calls())
                        .thenComparing(byName);
        };
    }

    /** The caller's own uses, newest first: every statement, load, question to a model, and call. */
    public Page<UsageEntry> history(Caller caller, UsagePeriod period, PageRequest page) {
        access.requireSomebody(caller);
        UsageStore.Whose whose = new UsageStore.Whose(caller.tenantId(), Optional.of(caller.userId()));
        List<UsageStore.Entry> entries = store.list(whose, period, page.cursor().map(Usage::place), page.limit() + 1);
        return Page.of(entries, page.limit(), entry -> entry.at() + " " + entry.id())
                .map(entry -> new UsageEntry(
                        entry.id(),
                        entry.at(),
                        entry.kind(),
                        entry.amount(),
                        Prices.of(entry.prices()).cost(entry.amount())));
    }

    private static UsageStore.Place place(String cursor) {
        try {
            List<String> parts = List.of(cursor.split(" ", 2));
            return new UsageStore.Place(
                    new UsagePeriod(Optional.of(Instant.parse(parts.getFirst())), Optional.empty()).first(),
                    UUID.fromString(parts.getLast()));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw PageRequest.unknownCursor(e);
        }
    }
}
