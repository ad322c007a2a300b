package dev.tarn.engine;

import dev.tarn.engine.QueryShape.Equality;
import dev.tarn.engine.QueryShape.Member;
import dev.tarn.engine.RowCondition.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The tables of a FROM and how they are joined. */
sealed interface FromNode {
    /**
     * One thing.
     *
     * @param samples whether some of its rows are taken, by chance or by their places
     */
    record Leaf(Member member, boolean samples) implements FromNode {}

    /**
     * Two sides.
     *
     * @param on when a row of one side belongs to one of the other
     */
    record Join(FromNode left, FromNode right, Kind kind, RowCondition on, List<Equality> equalities)
            implements FromNode {}

    /** Which rows of the sides a join lets through. */
    enum Kind {
        /** Those that belong together. */
        INNER,
        /** Those of the left side, with NULLs when none of the right one belongs to them. */
        LEFT,
        RIGHT,
        /** Those of the left side alone, to which one of the right side belongs. */
        SEMI,
        /** Those of the left side alone, to which none does. */
        ANTI,
        /** As LEFT or INNER, but which row of the right side belongs to one depends on all of them. */
        NEAREST,
        /** Any other: which rows there are depends on all of both sides. */
        OTHER
    }

    /** What is true of every wanted row. */
    record Facts(List<RowCondition> conditions, List<Equality> equalities) {
        /** Nothing is known. */
        static final Facts NONE = new Facts(List.of(RowCondition.Whole.UNKNOWN), List.of());

        /** Nothing has to be true. */
        static final Facts ALL = new Facts(List.of(), List.of());

        Facts and(RowCondition condition, List<Equality> more) {
            return new Facts(
                    Stream.concat(conditions.stream(), condition.conjuncts().stream())
                            .toList(),
                    Stream.concat(equalities.stream(), more.stream()).toList());
        }

        /** What is true of some members alone. */
        private Facts about(Set<Object> members) {
            return new Facts(
                    conditions.stream()
                            .map(condition -> condition.of(
                                    column -> Optional.of(column).filter(known -> members.contains(known.of()))))
                            .toList(),
                    equalities.stream()
                            .filter(equality -> members.contains(equality.one().of())
                                    && members.contains(equality.other().of()))
                            .toList());
        }

        /** What is true of one member, also by what its columns are equal to. */
        private List<RowCondition> about(Member member) {
            return conditions.stream()
                    .map(condition -> condition.of(column -> as(column, member)))
                    .filter(condition -> condition != RowCondition.Whole.ALWAYS)
                    .toList();
        }

        private Optional<Column> as(Column column, Member member) {
            if (column.of() == member) {
                return Optional.of(column);
            }
            List<Column> equal = new ArrayList<>(List.of(column));
            for (int i = 0; i < equal.size(); i++) {
                Column known = equal.get(i);
                for (Equality equality : equalities) {
                    Optional<Column> other = equality.one().equals(known)
                            ? Optional.of(equality.other())
                            : equality.other().equals(known) ? Optional.of(equality.one()) : Optional.empty();
                    if (other.isPresent() && !equal.contains(other.get())) {
                        equal.add(other.get());
                    }
                }
            }
            return equal.stream().filter(known -> known.of() == member).findFirst();
        }
    }

    /** All members, those of the left first. */
    default List<Member> members() {
        return switch (this) {
            case Leaf leaf -> List.of(leaf.member());
            case Join join ->
                Stream.concat(join.left().members().stream(), join.right().members().stream())
                        .toList();
        };
    }

    private static Set<Object> set(FromNode node) {
        return new HashSet<>(node.members());
    }

    /** Says of each member what its wanted rows are. */
    default void push(Facts facts, BiConsumer<Member, List<RowCondition>> wanted) {
        switch (this) {
            case Leaf(Member member, boolean samples) ->
                wanted.accept(member, samples ? Facts.NONE.conditions() : facts.about(member));
            case Join join -> {
                Facts both = facts.and(join.on(), join.equalities());
                switch (join.kind()) {
                    case INNER -> {
                        join.left().push(both, wanted);
                        join.right().push(both, wanted);
                    }
                    // A row of the right side that is left out may make NULLs of its own; so only what the left row is
                    // counts.
                    case LEFT -> {
                        join.left().push(facts, wanted);
                        join.right().push(joined(facts, join.left(), join), wanted);
                    }
                    case RIGHT -> {
                        join.left().push(joined(facts, join.right(), join), wanted);
                        join.right().push(facts, wanted);
                    }
                    case SEMI -> {
                        join.left().push(both, wanted);
                        join.right().push(joined(facts, join.left(), join), wanted);
                    }
                    case ANTI -> {
                        join.left().push(facts, wanted);
                        join.right().push(joined(facts, join.left(), join), wanted);
                    }
                    case NEAREST -> {
                        join.left().push(facts, wanted);
                        join.right().push(Facts.NONE, wanted);
                    }
                    case OTHER -> {
                        join.left().push(Facts.NONE, wanted);
                        join.right().push(Facts.NONE, wanted);
                    }
                }
            }
        }
    }

    private static Facts joined(Facts facts, FromNode kept, Join join) {
        return facts.about(set(kept)).and(Objects.requireNonNull(join.on()), join.equalities());
    }
}
