package dev.tarn.sql;

import dev.tarn.sql.TableProfile.Bin;
import dev.tarn.sql.TableProfile.ColumnProfile;
import dev.tarn.sql.TableProfile.Quantiles;
import dev.tarn.sql.TableProfile.TopValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One profile as it is made: a statement for the figures of many columns, then for each column its histogram and top values. */
final class ProfileRun {
    private static final int COLUMNS_AT_ONCE = 40;
    /** Beyond this, and mostly different, values have no order of frequency that means anything. */
    private static final long FEW_VALUES = 1_000;

    private final ProfileQueries queries;
    private final List<ProfiledColumn> all;
    private final Function<String, JsonNode> rowsOf;
    private long rows;

    /** @param rowsOf runs a statement and answers its rows as objects */
    ProfileRun(ProfileQueries queries, List<ProfiledColumn> all, Function<String, JsonNode> rowsOf) {
        this.queries = queries;
        this.all = all;
        this.rowsOf = rowsOf;
    }

    /** Rows that were read, once {@link #columns} has run. */
    long rows() {
        return rows;
    }

    List<ColumnProfile> columns() {
        List<ColumnProfile> profiles = new ArrayList<>();
        for (int from = 0; from < all.size(); from += COLUMNS_AT_ONCE) {
            List<ProfiledColumn> some = all.subList(from, Math.min(all.size(), from + COLUMNS_AT_ONCE));
            JsonNode figures = rowsOf.apply(queries.figures(some)).get(0);
            rows = figures.get("n").asLong();
            some.forEach(column -> profiles.add(profile(column, figures)));
        }
        return profiles;
    }

    private ColumnProfile profile(ProfiledColumn column, JsonNode figures) {
        int i = column.place();
        JsonNode distinct = figures.get("distinct" + i);
        JsonNode mean = figures.get("mean" + i);
        long nulls = figures.get("nulls" + i).asLong();
        return new ColumnProfile(
                column.name(),
                column.type(),
                nulls,
                // An approximation may be more than there are values.
                distinct == null ? null : Math.min(distinct.asLong(), rows - nulls),
                text(figures.get("min" + i)),
                text(figures.get("max" + i)),
                mean == null || !mean.isNumber() ? null : mean.asDouble(),
                quantiles(figures.get("quantiles" + i)),
                column.hasHistogram() ? histogram(column, figures.get("low" + i), figures.get("high" + i)) : null,
                distinct == null ? List.of() : topValues(column, distinct.asLong(), rows - nulls));
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value.asString();
    }

    private static @Nullable Quantiles quantiles(@Nullable JsonNode list) {
        return list == null || !list.isArray() || list.size() != 5
                ? null
                : new Quantiles(
                        text(list.get(0)), text(list.get(1)), text(list.get(2)), text(list.get(3)), text(list.get(4)));
    }

    private List<Bin> histogram(ProfiledColumn column, JsonNode least, JsonNode most) {
        if (!least.isNumber() || !most.isNumber()) {
            return List.of();
        }
        double low = least.asDouble();
        double high = most.asDouble();
        double width = (high - low) / ProfileQueries.BINS;
        if (!(width > 0) || !Double.isFinite(width)) {
            return List.of();
        }
        long[] counts = new long[ProfileQueries.BINS];
        for (JsonNode bin : rowsOf.apply(queries.histogram(column, low, high))) {
            counts[Math.max(0, bin.get("bin").asInt())] += bin.get("n").asLong();
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            double end = i == counts.length - 1 ? high : low + (i + 1) * width;
            bins.add(new Bin(place(column, low + i * width), place(column, end), counts[i]));
        }
        return bins;
    }

    private static String place(ProfiledColumn column, double value) {
        if (column.kind() == ProfiledColumn.Kind.NUMBER) {
            return BigDecimal.valueOf(value)
                    .round(MathContext.DECIMAL32)
                    .stripTrailingZeros()
                    .toPlainString();
        }
        Instant moment = Instant.ofEpochSecond((long) Math.floor(value));
        LocalDateTime local = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        return switch (column.type()) {
            case "DATE" -> local.toLocalDate().toString();
            case "TIMESTAMPTZ" -> moment.toString();
            default -> local.toString();
        };
    }

    private List<TopValue> topValues(ProfiledColumn column, long distinct, long values) {
        if (distinct > FEW_VALUES && distinct > values / 2) {
            return List.of();
        }
        List<TopValue> top = new ArrayList<>();
        for (JsonNode row : rowsOf.apply(queries.topValues(column))) {
            top.add(new TopValue(row.get("value").asString(), row.get("n").asLong()));
        }
        return top;
    }
}
