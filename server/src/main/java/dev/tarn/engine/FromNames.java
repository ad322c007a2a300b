package dev.tarn.engine;

import dev.tarn.engine.QueryShape.Equality;
import dev.tarn.engine.QueryShape.Member;
import dev.tarn.engine.RowCondition.Column;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * What names mean in a condition over a FROM. A name that could mean two things is an error of the engine's, so that what has one
 * meaning here has that one or none; only what the engine merges has to be known.
 *
 * @param all the members of the whole FROM
 * @param seen those that the condition may name
 * @param merged which names joins merge
 */
record FromNames(List<Member> all, List<Member> seen, Merged merged) {
    /**
     * Names that are two columns' at once.
     *
     * @param any whether there are some
     * @param all whether all common names are merged
     * @param names those that are known
     * @param first whether each is the first one's
     * @param half whether some members give no columns
     */
    record Merged(boolean any, boolean all, Set<String> names, boolean first, boolean half) {}

    boolean isMerged() {
        return merged.any();
    }

    /** Whether there are members whose columns cannot be named, or not all. */
    boolean isHalf() {
        return merged.half();
    }

    /** The column that a name means; the names that the SELECT gives hide none, in its list neither. */
    Optional<Column> column(List<String> path) {
        return switch (path.size()) {
            case 1 -> plain(QueryShapes.folded(path.getFirst()));
            case 2 -> qualified(QueryShapes.folded(path.getFirst()), QueryShapes.folded(path.getLast()));
            default -> Optional.empty();
        };
    }

    private Optional<Column> qualified(String member, String name) {
        List<Member> meant =
                all.stream().filter(one -> one.name().equals(member)).toList();
        return meant.size() == 1 && seen.contains(meant.getFirst())
                ? meant.getFirst().column(name)
                : Optional.empty();
    }

    private Optional<Column> plain(String name) {
        List<Member> having = all.stream().filter(member -> member.has(name)).toList();
        if (having.isEmpty() || !seen.contains(having.getFirst())) {
            return Optional.empty();
        }
        if (having.size() == 1 && !merged.any()) {
            return having.getFirst().column(name);
        }
        boolean known = merged.first() && all.stream().noneMatch(Member::isOpen);
        boolean oneOrMerged =
                having.size() == 1 || merged.all() || merged.names().contains(name);
        return known && oneOrMerged ? having.getFirst().column(name) : Optional.empty();
    }

    static @Nullable Type type(Column column) {
        return column.of() instanceof Member member
                ? member.columns().get(column.place()).type()
                : null;
    }

    /** Columns that are compared as what they are, because their types are alike. */
    static List<Equality> alike(List<ConditionReader.Pair> pairs) {
        return pairs.stream()
                .filter(pair -> alike(type(pair.one()), type(pair.other())))
                .map(pair -> new Equality(pair.one(), pair.other()))
                .toList();
    }

    private static boolean alike(@Nullable Type one, @Nullable Type other) {
        return one != null && other != null && (one.equals(other) || (isWhole(one) && isWhole(other)));
    }

    private static boolean isWhole(Type type) {
        return type.typeId() == Type.TypeID.INTEGER || type.typeId() == Type.TypeID.LONG;
    }
}
