package dev.tarn.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Names that somebody may have meant. */
final class Suggestions {
    private static final int LOOKED_AT = 500;
    private static final int SHOWN = 3;

    private Suggestions() {}

    static List<String> tables(Visible visible, String namespace, String table) {
        List<Pointer> pointers = visible.tables(Optional.of(namespace), CatalogStore.Place.START, LOOKED_AT);
        return closest(pointers, table, Pointer::name).stream()
                .map(pointer -> Resolver.named(pointer).text())
                .toList();
    }

    static List<String> namespaces(Visible visible, String namespace) {
        return closest(visible.namespaces("", LOOKED_AT), namespace, NamespaceSummary::name).stream()
                .map(NamespaceSummary::name)
                .toList();
    }

    private static <T> List<T> closest(List<T> all, String wanted, Function<T, String> name) {
        String folded = wanted.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, Math.min(3, folded.length() / 3));
        record Near<T>(T item, int distance) {}
        return all.stream()
                .map(item -> new Near<>(item, distance(folded, name.apply(item).toLowerCase(Locale.ROOT), limit)))
                .filter(near -> near.distance() <= limit)
                .sorted(Comparator.comparingInt(Near::distance))
                .limit(SHOWN)
                .map(Near::item)
                .toList();
    }

    /** How many characters must be added, taken away or changed; more than {@code limit} when that is already clear. */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
