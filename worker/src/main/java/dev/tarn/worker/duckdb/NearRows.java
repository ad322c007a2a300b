package dev.tarn.worker.duckdb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Puts rows on a Z-order curve (Morton 1966): rows that stand side by side there are near each other in several columns at once, so
 * that files of neighbours have narrow bounds in all of them.
 *
 * <p>A value counts by its rank among the values of a sample, so that a column's type and how its values are spread do not matter:
 * each column is cut into ranges of about as many rows, NULL before them all, and the bits of the ranges' numbers are interleaved.
 */
final class NearRows {
    private static final int SAMPLE_ROWS = 50_000;

    /** Of each column: with two, 65,536 cells, many for each file. */
    private static final int MOST_BITS = 8;

    /** Of all columns, in a BIGINT that is not negative. */
    private static final int ALL_BITS = 62;

    private static final String SAMPLE = "temp.main.tarn_sample";

    private final Instance instance;
    private final Cancellation cancellation;

    NearRows(Instance instance, Cancellation cancellation) {
        this.instance = instance;
        this.cancellation = cancellation;
    }

    /**
     * A column to be near in.
     *
     * @param value an expression over the rows
     * @param type its type in DuckDB's words
     */
    record Column(String value, String type) {
        /** Quantiles are of numbers, moments and texts. */
        String comparable() {
            return type.equals("BOOLEAN") ? "CAST(" + value + " AS TINYINT)" : value;
        }

        String comparableType() {
            return type.equals("BOOLEAN") ? "TINYINT" : type;
        }
    }

    /**
     * The place of a row on the curve.
     *
     * @param ranks as expressions over the rows, which are to be called {@code n0}, {@code n1}, and so on
     * @param value an expression over those
     * @param bits that it has
     */
    record Place(List<String> ranks, String value, int bits) {
        /** The piece of the curve that a row is in, of an expression of its place; see {@link NearCuts}. */
        String piece(String place) {
            return "CAST(" + place + " >> " + Math.max(0, bits - NearCuts.PIECES_BITS) + " AS INTEGER)";
        }
    }

    Place place(String rows, List<Column> columns) throws SQLException, TaskFailedException {
        int bits = Math.clamp(ALL_BITS / columns.size(), 1, MOST_BITS);
        String values = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).comparable() + " AS s" + i)
                .collect(Collectors.joining(", "));
        instance.execute("CREATE TEMPORARY TABLE " + SAMPLE + " AS SELECT * FROM (SELECT " + values + " FROM " + rows
                + ") USING SAMPLE reservoir(" + SAMPLE_ROWS + " ROWS) REPEATABLE (1)");
        cancellation.check();
        List<String> ranks = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            List<String> bounds = bounds(i, column, (1 << bits) - 1);
            ranks.add("CAST(CASE WHEN " + column.value() + " IS NULL THEN 0 ELSE "
                    + rank(column, bounds, 0, bounds.size(), (1 << bits) - 1) + " END AS BIGINT)");
            parts.add(spread("n" + i, bits, columns.size(), i));
        }
        instance.execute("DROP TABLE " + SAMPLE);
        return new Place(ranks, String.join(" | ", parts), bits * columns.size());
    }

    /** Values that cut the column into ranges of about as many rows, the least first; fewer when many rows have the same. */
    private List<String> bounds(int number, Column column, int most) throws SQLException {
        String places = IntStream.rangeClosed(1, most)
                .mapToObj(i -> String.valueOf((double) i / (most + 1)))
                .collect(Collectors.joining(", ", "[", "]"));
        String query = "SELECT CAST(b AS VARCHAR) FROM (SELECT DISTINCT b FROM (SELECT unnest(quantile_disc(s" + number
                + ", " + places + ")) AS b FROM " + SAMPLE + ") WHERE b IS NOT NULL) ORDER BY CAST(b AS "
                + column.comparableType() + ')';
        List<String> bounds = new ArrayList<>();
        try (Statement statement = instance.connection().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                bounds.add(rows.getString(1));
            }
        }
        return bounds;
    }

    /** A search among the bounds, as nested conditions. Few ranges are spread over all numbers, so that each column weighs alike. */
    private static String rank(Column column, List<String> bounds, int from, int to, int highest) {
        if (from == to) {
            return String.valueOf(bounds.isEmpty() ? highest : 1 + (long) from * (highest - 1) / bounds.size());
        }
        int middle = (from + to) >>> 1;
        return "CASE WHEN " + column.comparable() + " < CAST(" + Sql.text(bounds.get(middle)) + " AS "
                + column.comparableType() + ") THEN " + rank(column, bounds, from, middle, highest) + " ELSE "
                + rank(column, bounds, middle + 1, to, highest) + " END";
    }

    /** Its bits with as many between each two of them as there are other columns. */
    private static String spread(String rank, int bits, int columns, int number) {
        return IntStream.range(0, bits)
                .mapToObj(bit ->
                        "(((" + rank + " >> " + bit + ") & 1) << " + (bit * columns + columns - 1 - number) + ')')
                .collect(Collectors.joining(" | ", "(", ")"));
    }
}
