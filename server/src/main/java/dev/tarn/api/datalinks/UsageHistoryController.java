package dev.tarn.api.datalinks;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tarn.access.Caller;
import dev.tarn.api.IsoTime;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.usage.Usage;
import dev.tarn.usage.UsageEntry;
import dev.tarn.usage.UsageGrouping;
import dev.tarn.usage.UsagePeriod;
import dev.tarn.usage.UsageReport;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What the caller has used. */
@RestController
@RequestMapping("/api/v1/user/usage")
class UsageHistoryController {
    private static final int PAGE = 25;

    private final Usage usage;
    private final JsonMapper json;

    UsageHistoryController(Usage usage, JsonMapper json) {
        this.usage = usage;
        this.json = json;
    }

    /** One call or statement. */
    record Entry(
            Instant timestamp,
            @JsonProperty("tokensUsed") long tokensUsed,
            @JsonProperty("costUSD") BigDecimal costUsd) {
        static Entry of(UsageEntry entry) {
            return new Entry(entry.at(), entry.amount().modelTokens(), entry.costUsd());
        }
    }

    /** Which page it is, and where the next one begins. */
    record HistoryMeta(
            @JsonProperty("pageSize") int pageSize,
            @JsonProperty("pageCursor") @Nullable UsageCursor pageCursor) {}

    /** A page, newest first. */
    record History(List<Entry> data, HistoryMeta meta) {}

    @GetMapping("/history")
    History history(
            Caller caller,
            @RequestParam(required = false) @Nullable String onOrAfter,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String pageSize,
            HttpServletRequest request) {
        int size = size(pageSize);
        UsageCursor.Wanted wanted = UsageCursor.of(request, json);
        Page<UsageEntry> page = usage.history(
                caller,
                period(onOrAfter, before),
                new PageRequest(size, wanted.cursor().map(UsageCursor::place)));
        UsageCursor next =
                wanted.keysOnly() ? null : page.next().map(UsageCursor::of).orElse(null);
        return new History(page.items().stream().map(Entry::of).toList(), new HistoryMeta(size, next));
    }

    private static int size(@Nullable String pageSize) {
        try {
            return pageSize == null || pageSize.isBlank() ? PAGE : Integer.parseInt(pageSize.strip());
        } catch (NumberFormatException e) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "pageSize is no number from 1 to %d; choose one".formatted(PageRequest.MAXIMUM),
                    e);
        }
    }

    /** The sum of a day. */
    record Day(
            String date,
            @JsonProperty("tokensUsed") long tokensUsed,
            @JsonProperty("costUSD") BigDecimal costUsd) {
        static Day of(UsageReport.Row row) {
            return new Day(row.group(), row.amount().modelTokens(), row.costUsd());
        }
    }

    /** Whose days they are. */
    record DaysMeta(@JsonProperty("timeZoneForAggregation") String timeZone) {}

    /** Days with any use, in their order. */
    record Days(List<Day> data, DaysMeta meta) {}

    @GetMapping("/by-day")
    Days byDay(
            Caller caller,
            @RequestParam(required = false) @Nullable String onOrAfter,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String timeZoneForAggregation) {
        String zone = timeZoneForAggregation == null || timeZoneForAggregation.isBlank()
                ? "UTC"
                : timeZoneForAggregation.strip();
        UsageReport report = usage.ownReport(caller, period(onOrAfter, before), UsageGrouping.DAY, zone);
        return new Days(report.rows().stream().map(Day::of).toList(), new DaysMeta(zone));
    }

    private static UsagePeriod period(@Nullable String onOrAfter, @Nullable String before) {
        return new UsagePeriod(IsoTime.optional("onOrAfter", onOrAfter), IsoTime.optional("before", before));
    }

    static TarnException unknownCursor(Optional<Exception> cause) {
        String message = "The pageCursor is not one of this list; send the one of the page before, or none";
        return cause.map(e -> new TarnException(ErrorCode.INVALID_REQUEST, message, e))
                .orElseGet(() -> new TarnException(ErrorCode.INVALID_REQUEST, message));
    }
}
