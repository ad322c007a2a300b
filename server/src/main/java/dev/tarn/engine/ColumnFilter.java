package dev.tarn.engine;

import dev.tarn.engine.Constant.Kind;
import dev.tarn.engine.ConstantFolding.Operand;
import dev.tarn.engine.RowCondition.Comparison;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A test of a column as Iceberg has it, where DuckDB and Iceberg order the column's values alike. Constants are brought to the
 * column's own scale: what lies between two of its values is the next of them.
 */
final class ColumnFilter {
    /** Iceberg looks at the bounds of files for no longer lists. */
    private static final int LONGEST_COMPARED_LIST = 200;

    private final NestedField column;
    private final ColumnStep step;

    private ColumnFilter(NestedField column, ColumnStep step) {
        this.column = column;
        this.step = step;
    }

    /**
     * A condition of Iceberg's.
     *
     * @param exact whether it is true of exactly the rows that the test is true of; else of more
     */
    record Filter(Expression expression, boolean exact) {
        static final Filter UNKNOWN = new Filter(Expressions.alwaysTrue(), false);

        Filter inexact() {
            return new Filter(expression, false);
        }
    }

    static Filter of(NestedField column, RowCondition.Test test) {
        // Iceberg takes a dot in a name for the way into a struct.
        if (!column.type().isPrimitiveType() || column.name().indexOf('.') >= 0) {
            return Filter.UNKNOWN;
        }
        return new ColumnFilter(column, test.step()).filter(test).orElse(Filter.UNKNOWN);
    }

    private Optional<Filter> filter(RowCondition.Test test) {
        String name = column.name();
        Comparison comparison = test.comparison();
        return switch (comparison) {
            case IS_NULL -> Optional.of(new Filter(Expressions.isNull(name), true));
            case IS_NOT_NULL -> Optional.of(new Filter(Expressions.notNull(name), true));
            case IN, NOT_IN -> list(comparison, test.operands());
            case STARTS_WITH, NOT_STARTS_WITH ->
                step == ColumnStep.SAME && column.type().typeId() == Type.TypeID.STRING
                        ? text(test.operands().getFirst().least()).map(text -> ofText(comparison, text))
                        : Optional.empty();
            case EQUAL, NOT_EQUAL, LESS, AT_MOST, GREATER, AT_LEAST ->
                compared(comparison, test.operands().getFirst());
        };
    }

    private Optional<Filter> list(Comparison comparison, List<Operand> operands) {
        List<Object> values = operands.stream()
                .filter(operand -> operand.isSettled() && step == ColumnStep.SAME)
                .map(operand -> value(operand.least()))
                .flatMap(Optional::stream)
                .toList();
        if (values.size() == operands.size()) {
            return Optional.of(comparison == Comparison.IN ? in(values) : notIn(values));
        }
        if (operands.size() > LONGEST_COMPARED_LIST) {
            return Optional.empty();
        }
        List<Filter> each = operands.stream()
                .map(operand ->
                        compared(comparison == Comparison.IN ? Comparison.EQUAL : Comparison.NOT_EQUAL, operand))
                .flatMap(Optional::stream)
                .toList();
        return each.size() < operands.size()
                ? Optional.empty()
                : each.stream().reduce((one, other) -> comparison == Comparison.IN ? or(one, other) : and(one, other));
    }

    static Filter or(Filter one, Filter other) {
        return new Filter(Expressions.or(one.expression(), other.expression()), one.exact() && other.exact());
    }

    static Filter and(Filter one, Filter other) {
        return new Filter(Expressions.and(one.expression(), other.expression()), one.exact() && other.exact());
    }

    private Filter in(List<Object> values) {
        Expression in = Expressions.in(column.name(), values.toArray());
        if (values.size() > LONGEST_COMPARED_LIST) {
            Comparator<Object> order = order();
            in = Expressions.and(
                    in,
                    Expressions.and(
                            Expressions.greaterThanOrEqual(
                                    column.name(), values.stream().min(order).orElseThrow()),
                            Expressions.lessThanOrEqual(
                                    column.name(), values.stream().max(order).orElseThrow())));
        }
        return new Filter(in, true);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Comparator<Object> order() {
        return column.type().typeId() == Type.TypeID.STRING
                ? (Comparator) Comparators.charSequences()
                : (Comparator) Comparator.naturalOrder();
    }

    /** Iceberg's conditions that begin with NOT hold for NULL. */
    private Filter notIn(List<Object> values) {
        return new Filter(
                Expressions.and(Expressions.notNull(column.name()), Expressions.notIn(column.name(), values.toArray())),
                true);
    }

    private Optional<Filter> compared(Comparison comparison, Operand operand) {
        Optional<Filter> least = compared(comparison, operand.least());
        if (operand.isSettled()) {
            return least;
        }
        return switch (comparison) {
            case LESS, AT_MOST -> compared(comparison, operand.most()).map(Filter::inexact);
            case GREATER, AT_LEAST -> least.map(Filter::inexact);
            case EQUAL ->
                compared(Comparison.AT_LEAST, operand.least())
                        .flatMap(low -> compared(Comparison.AT_MOST, operand.most())
                                .map(high -> and(low, high).inexact()));
            case NOT_EQUAL, IN, NOT_IN, STARTS_WITH, NOT_STARTS_WITH, IS_NULL, IS_NOT_NULL -> Optional.empty();
        };
    }

    private Optional<Filter> compared(Comparison comparison, Constant constant) {
        return switch (column.type().typeId()) {
            case INTEGER, LONG, DECIMAL, DOUBLE -> new NumberFilter(column, step).compared(comparison, constant);
            case STRING ->
                step == ColumnStep.SAME ? text(constant).map(text -> ofText(comparison, text)) : Optional.empty();
            case BOOLEAN -> truth(comparison, constant);
            case DATE, TIMESTAMP -> new MomentFilter(column, step).compared(comparison, constant);
            default -> Optional.empty();
        };
    }

    /** The constant as a value of the column; empty when it is none, or may be compared in another type. */
    private Optional<Object> value(Constant constant) {
        return switch (column.type().typeId()) {
            case INTEGER, LONG, DECIMAL -> new NumberFilter(column, step).value(constant);
            case STRING -> text(constant).map(Object.class::cast);
            case DATE, TIMESTAMP -> new MomentFilter(column, step).value(constant);
            default -> Optional.empty();
        };
    }

    /** @param between whether the constant lies between this value and the next one */
    static Expression ordered(String name, Comparison comparison, Object floor, boolean between) {
        return switch (comparison) {
            case EQUAL -> between ? Expressions.alwaysFalse() : Expressions.equal(name, floor);
            case NOT_EQUAL ->
                between
                        ? Expressions.notNull(name)
                        : Expressions.and(Expressions.notNull(name), Expressions.notEqual(name, floor));
            // For Iceberg NULL is less than all values.
            case LESS ->
                Expressions.and(
                        Expressions.notNull(name),
                        between ? Expressions.lessThanOrEqual(name, floor) : Expressions.lessThan(name, floor));
            case AT_MOST -> Expressions.and(Expressions.notNull(name), Expressions.lessThanOrEqual(name, floor));
            case GREATER -> Expressions.greaterThan(name, floor);
            case AT_LEAST ->
                between ? Expressions.greaterThan(name, floor) : Expressions.greaterThanOrEqual(name, floor);
            case IN, NOT_IN, STARTS_WITH, NOT_STARTS_WITH, IS_NULL, IS_NOT_NULL ->
                throw new IllegalArgumentException("It does not order: " + comparison);
        };
    }

    /** A text with half of a surrogate pair has no place in any order. */
    private static Optional<String> text(Constant constant) {
        return constant.kind() == Kind.TEXT
                        && constant.text().codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF)
                ? Optional.of(constant.text())
                : Optional.empty();
    }

    private Filter ofText(Comparison comparison, String text) {
        String name = column.name();
        return switch (comparison) {
            case STARTS_WITH, NOT_STARTS_WITH -> {
                // Iceberg's own test of the beginning fails at partitions of NULL.
                Optional<String> after = after(text);
                boolean starts = comparison == Comparison.STARTS_WITH;
                yield after.map(end -> starts
                                ? and(ofText(Comparison.AT_LEAST, text), ofText(Comparison.LESS, end))
                                : or(ofText(Comparison.LESS, text), ofText(Comparison.AT_LEAST, end)))
                        .orElse(Filter.UNKNOWN);
            }
            default -> new Filter(ordered(name, comparison, text, false), true);
        };
    }

    /** The first text after all that begin with this one. */
    private static Optional<String> after(String text) {
        int[] points = text.codePoints().toArray();
        int last = points.length - 1;
        while (last >= 0 && points[last] == Character.MAX_CODE_POINT) {
            last--;
        }
        if (last < 0) {
            return Optional.empty();
        }
        points[last] = points[last] == Character.MIN_SURROGATE - 1 ? Character.MAX_SURROGATE + 1 : points[last] + 1;
        return Optional.of(new String(points, 0, last + 1));
    }

    private Optional<Filter> truth(Comparison comparison, Constant constant) {
        boolean equal = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
        if (step != ColumnStep.SAME || constant.kind() != Kind.BOOLEAN || !equal) {
            return Optional.empty();
        }
        boolean wanted = (Boolean) constant.value() == (comparison == Comparison.EQUAL);
        return Optional.of(new Filter(Expressions.equal(column.name(), wanted), true));
    }
}
