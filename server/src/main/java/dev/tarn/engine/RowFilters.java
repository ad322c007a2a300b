package dev.tarn.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.UnaryOperator;

/** Row filters by their text. Reading one takes a worker, and what a text means never changes. */
final class RowFilters {
    private static final int KEPT = 1_000;

    private final Cache<String, RowFilter> known =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    /** @param parser from a query to its syntax tree */
    RowFilter of(String text, UnaryOperator<String> parser) {
        RowFilter filter = known.getIfPresent(text);
        if (filter == null) {
            // Not while the cache is locked: a worker may take long.
            filter = RowFilter.of(text, parser.apply(RowFilter.BEFORE + text));
            known.put(text, filter);
        }
        return filter;
    }
}
