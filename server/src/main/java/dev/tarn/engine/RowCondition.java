package dev.tarn.engine;

import dev.tarn.engine.ConstantFolding.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a row must be to be wanted. NOT stands at the ends alone, so that putting {@link Whole#UNKNOWN} in the place of any part wants more
 * rows and never fewer.
 */
sealed interface RowCondition {
    /** What does not depend on the row. */
    enum Whole implements RowCondition {
        ALWAYS,
        NEVER,
        /** Something that is passed over: any row may be wanted. */
        UNKNOWN
    }

    record AllOf(List<RowCondition> parts) implements RowCondition {}

    record AnyOf(List<RowCondition> parts) implements RowCondition {}

    /**
     * A test of one column.
     *
     * @param operands one; some for IN and NOT_IN, none for the tests of NULL
     */
    record Test(Column column, ColumnStep step, Comparison comparison, List<Operand> operands)
            implements RowCondition {}

    /** A column of something in a FROM, or of what a query answers. */
    record Column(Object of, int place) {}

    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST,
        IN,
        NOT_IN,
        STARTS_WITH,
        NOT_STARTS_WITH,
        IS_NULL,
        IS_NOT_NULL;

        /** What is true of a value that is no NULL exactly when this is not. */
        Comparison negated() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> AT_LEAST;
                case AT_MOST -> GREATER;
                case GREATER -> AT_MOST;
                case AT_LEAST -> LESS;
                case IN -> NOT_IN;
                case NOT_IN -> IN;
                case STARTS_WITH -> NOT_STARTS_WITH;
                case NOT_STARTS_WITH -> STARTS_WITH;
                case IS_NULL -> IS_NOT_NULL;
                case IS_NOT_NULL -> IS_NULL;
            };
        }

        /** The same with its sides exchanged. */
        Comparison flipped() {
            return switch (this) {
                case LESS -> GREATER;
                case AT_MOST -> AT_LEAST;
                case GREATER -> LESS;
                case AT_LEAST -> AT_MOST;
                case EQUAL, NOT_EQUAL, IN, NOT_IN, STARTS_WITH, NOT_STARTS_WITH, IS_NULL, IS_NOT_NULL -> this;
            };
        }
    }

    static RowCondition all(List<RowCondition> parts) {
        List<RowCondition> flat = parts.stream()
                .flatMap(part -> part instanceof AllOf(List<RowCondition> inner) ? inner.stream() : Stream.of(part))
                .filter(part -> part != Whole.ALWAYS)
                .toList();
        return flat.isEmpty() ? Whole.ALWAYS : flat.size() == 1 ? flat.getFirst() : new AllOf(flat);
    }

    static RowCondition any(List<RowCondition> parts) {
        List<RowCondition> flat = parts.stream()
                .flatMap(part -> part instanceof AnyOf(List<RowCondition> inner) ? inner.stream() : Stream.of(part))
                .filter(part -> part != Whole.NEVER)
                .toList();
        return flat.contains(Whole.UNKNOWN)
                ? Whole.UNKNOWN
                : flat.isEmpty() ? Whole.NEVER : flat.size() == 1 ? flat.getFirst() : new AnyOf(flat);
    }

    /** The same of other columns; a test of one that is none of them is passed over. */
    default RowCondition of(Function<Column, Optional<Column>> other) {
        return switch (this) {
            case Whole whole -> whole;
            case AllOf(List<RowCondition> parts) -> all(each(parts, other));
            case AnyOf(List<RowCondition> parts) -> any(each(parts, other));
            case Test test ->
                other.apply(test.column())
                        .<RowCondition>map(column -> new Test(column, test.step(), test.comparison(), test.operands()))
                        .orElse(Whole.UNKNOWN);
        };
    }

    private static List<RowCondition> each(List<RowCondition> parts, Function<Column, Optional<Column>> other) {
        List<RowCondition> mapped = new ArrayList<>();
        parts.forEach(part -> mapped.add(part.of(other)));
        return mapped;
    }

    /** Its parts that must all be true. */
    default List<RowCondition> conjuncts() {
        return this instanceof AllOf(List<RowCondition> parts) ? parts : List.of(this);
    }
}
