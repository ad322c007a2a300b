package dev.tarn.sql;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The statements of a profile. All of them read {@code source}, a table or a sample of one. */
final class ProfileQueries {
    static final int BINS = 20;
    static final int TOP_VALUES = 10;

    private static final int LONGEST_VALUE = 200;
    private static final String QUANTILES = "[0.05, 0.25, 0.5, 0.75, 0.95]";

    private final String source;

    ProfileQueries(String source) {
        this.source = source;
    }

    /** One row: the count of rows, then for each column its nulls and {@code figures}. */
    String figures(List<ProfiledColumn> columns) {
        return columns.stream()
                .map(column -> figures(column, column.place()))
                .collect(Collectors.joining(", ", "SELECT count(*) AS n, ", " FROM " + source));
    }

    private static String figures(ProfiledColumn column, int i) {
        String name = column.quoted();
        String nulls = "count(*) - count(" + name + ") AS nulls" + i;
        String distinct = ", approx_count_distinct(" + name + ") AS distinct" + i;
        String ends =
                ", CAST(min(" + name + ") AS VARCHAR) AS min" + i + ", CAST(max(" + name + ") AS VARCHAR) AS max" + i;
        return nulls
                + switch (column.kind()) {
                    case NUMBER ->
                        distinct + ends + ", avg(CAST(" + column.axis() + " AS DOUBLE)) AS mean" + i
                                + quantiles(name, i) + axisEnds(column, i);
                    case MOMENT -> distinct + ends + quantiles(name, i) + axisEnds(column, i);
                    case TEXT ->
                        distinct + ", left(min(" + name + "), " + LONGEST_VALUE + ") AS min" + i + ", left(max(" + name
                                + "), " + LONGEST_VALUE + ") AS max" + i;
                    case PLAIN -> distinct + ends;
                    case NESTED -> "";
                };
    }

    private static String quantiles(String name, int i) {
        return ", CAST(approx_quantile(" + name + ", " + QUANTILES + ") AS VARCHAR[]) AS quantiles" + i;
    }

    private static String axisEnds(ProfiledColumn column, int i) {
        return ", min(" + column.axis() + ") AS low" + i + ", max(" + column.axis() + ") AS high" + i;
    }

    /** One row a bin that has any: its number from 0, and how many rows it has. */
    String histogram(ProfiledColumn column, double low, double high) {
        double width = (high - low) / BINS;
        return String.format(
                Locale.ROOT,
                "SELECT CAST(least(%d, floor((a - %s) / %s)) AS INTEGER) AS bin, count(*) AS n FROM (SELECT %s AS a FROM %s)"
                        + " WHERE a IS NOT NULL GROUP BY 1 ORDER BY 1",
                BINS - 1,
                number(low),
                number(width),
                column.axis(),
                source);
    }

    /** The most frequent values with their counts. */
    String topValues(ProfiledColumn column) {
        return "SELECT left(CAST(v AS VARCHAR), " + LONGEST_VALUE + ") AS value, n FROM (SELECT " + column.quoted()
                + " AS v, count(*) AS n FROM " + source + " WHERE " + column.quoted()
                + " IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " + TOP_VALUES + ") ORDER BY n DESC, v";
    }

    private static String number(double value) {
        return "CAST('" + value + "' AS DOUBLE)";
    }
}
