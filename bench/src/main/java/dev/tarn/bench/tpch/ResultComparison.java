package dev.tarn.bench.tpch;

import dev.tarn.bench.harness.RowSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether two results of one query are the same. The columns of its ORDER BY must agree row by row; rows that tie in them
 * may come in any order among themselves; of a tie that LIMIT cuts, any rows may come.
 */
final class ResultComparison {
    private static final Set<String> FLOATING = Set.of("DOUBLE", "FLOAT", "REAL");

    private final TpchQuery query;
    private final RowSet ours;
    private final RowSet theirs;
    private final boolean[] floating;
    private final int[] order;

    private ResultComparison(TpchQuery query, RowSet ours, RowSet theirs) {
        this.query = query;
        this.ours = ours;
        this.theirs = theirs;
        this.floating = new boolean[ours.columns().size()];
        for (int column = 0; column < floating.length; column++) {
            floating[column] = floating(ours, column) || floating(theirs, column);
        }
        this.order = query.order().stream()
                .mapToInt(column -> place(ours.columns(), column))
                .toArray();
    }

    /** The first difference in words; empty when there is none. */
    static Optional<String> difference(TpchQuery query, RowSet ours, RowSet theirs) {
        if (!ours.columns().equals(theirs.columns())) {
            return Optional.of("columns are %s here and %s there".formatted(ours.columns(), theirs.columns()));
        }
        if (ours.rows().size() != theirs.rows().size()) {
            return Optional.of("%d rows here and %d there"
                    .formatted(ours.rows().size(), theirs.rows().size()));
        }
        return Optional.ofNullable(new ResultComparison(query, ours, theirs).firstDifference());
    }

    private static boolean floating(RowSet result, int column) {
        return FLOATING.contains(result.types().get(column).toUpperCase(Locale.ROOT));
    }

    private static int place(List<String> columns, String name) {
        int place = columns.indexOf(name);
        if (place < 0) {
            throw new IllegalArgumentException("The result has no column " + name + " to be ordered by: " + columns);
        }
        return place;
    }

    private @Nullable String firstDifference() {
        int count = ours.rows().size();
        for (int start = 0; start < count; ) {
            int end = start + 1;
            while (end < count && sameOrder(ours.rows().get(start), ours.rows().get(end))) {
                end++;
            }
            String difference = differenceOfTie(start, end);
            if (difference != null) {
                return difference;
            }
            start = end;
        }
        return null;
    }

    private @Nullable String differenceOfTie(int start, int end) {
        for (int row = start; row < end; row++) {
            if (!sameOrder(ours.rows().get(row), theirs.rows().get(row))) {
                return difference(row, ours.rows().get(row), theirs.rows().get(row));
            }
        }
        boolean cut =
                order.length > 0 && end == ours.rows().size() && query.limit().orElse(Integer.MAX_VALUE) == end;
        if (cut) {
            return null;
        }
        List<List<@Nullable String>> here =
                ours.rows().subList(start, end).stream().sorted(anyOrder()).toList();
        List<List<@Nullable String>> there =
                theirs.rows().subList(start, end).stream().sorted(anyOrder()).toList();
        for (int i = 0; i < here.size(); i++) {
            if (!same(here.get(i), there.get(i), IntStream.range(0, floating.length))) {
                return difference(start + i, here.get(i), there.get(i));
            }
        }
        return null;
    }

    private static String difference(int row, List<@Nullable String> here, List<@Nullable String> there) {
        return "row %d is %s here and %s there".formatted(row + 1, here, there);
    }

    private boolean sameOrder(List<@Nullable String> one, List<@Nullable String> other) {
        return same(one, other, IntStream.of(order));
    }

    private boolean same(List<@Nullable String> one, List<@Nullable String> other, IntStream columns) {
        return columns.allMatch(column -> Cell.same(one.get(column), other.get(column), floating[column]));
    }

    /** Exact columns first: floating point ones may differ in their last digits and decide only between equal rows. */
    private Comparator<List<@Nullable String>> anyOrder() {
        Comparator<List<@Nullable String>> exactColumns = Comparator.comparing(row -> {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < floating.length; column++) {
                text.append(floating[column] ? "" : Cell.canonical(row.get(column)))
                        .append('\n');
            }
            return text.toString();
        });
        Comparator<List<@Nullable String>> all = exactColumns;
        for (int column = 0; column < floating.length; column++) {
            int place = column;
            if (floating[column]) {
                all = all.thenComparingDouble(row -> Cell.magnitude(row.get(place)));
            }
        }
        return all;
    }
}
