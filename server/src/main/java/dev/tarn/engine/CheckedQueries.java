package dev.tarn.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The tables that queries name, by the queries' text. What has passed the gate once passes again, and asks no worker; what the
 * names stand for, and who may read it, is asked anew each time.
 */
final class CheckedQueries {
    /** Of syntax trees, which take several times that when they are kept read. */
    private static final long LIMIT_CHARS = 8L << 20;

    private final Cache<String, Checked> known = Caffeine.newBuilder()
            .maximumWeight(LIMIT_CHARS)
            .<String, Checked>weigher((sql, checked) -> checked.chars())
            .build();

    private record Checked(List<TableReference> tables, int chars) {}

    /** @param parser from a query to its syntax tree */
    List<TableReference> tables(String sql, UnaryOperator<String> parser) {
        Checked checked = known.getIfPresent(sql);
        if (checked == null) {
            // Not while the cache is locked: a worker may take long.
            String tree = parser.apply(sql);
            checked = new Checked(List.copyOf(SyntaxTree.tables(sql, tree)), sql.length() + tree.length());
            known.put(sql, checked);
        }
        return checked.tables();
    }
}
