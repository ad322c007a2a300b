package dev.tarn.engine;

import dev.tarn.engine.ColumnFilter.Filter;
import dev.tarn.engine.Constant.Kind;
import dev.tarn.engine.RowCondition.Comparison;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Comparisons of numbers, where the engine does not round. NaN is the greatest number for DuckDB and has no place in Iceberg's bounds;
 * -0.0 is 0.0 for DuckDB and less for Iceberg.
 */
record NumberFilter(NestedField column, ColumnStep step) {
    private static final int MOST_DIGITS = 38;
    private static final int BIGINT_DIGITS = 19;
    private static final int EXACT_DIGITS = 15;

    Optional<Filter> compared(Comparison comparison, Constant constant) {
        return switch (column.type().typeId()) {
            case INTEGER, LONG ->
                step == ColumnStep.SAME || step == ColumnStep.AS_WHOLE
                        ? whole(constant).map(number -> whole(comparison, number))
                        : Optional.empty();
            case DECIMAL -> step == ColumnStep.SAME ? decimal(comparison, constant) : Optional.empty();
            default -> step == ColumnStep.SAME ? floating(comparison, constant) : Optional.empty();
        };
    }

    /** The constant as a value of the column, which is no floating one. */
    Optional<Object> value(Constant constant) {
        return column.type().typeId() == Type.TypeID.DECIMAL
                ? exact(constant)
                        .filter(number -> number.stripTrailingZeros().scale() <= scale())
                        .map(number -> number.setScale(scale()))
                        .filter(number -> number.precision() <= precision())
                        .map(Object.class::cast)
                : whole(constant).filter(NumberFilter::isWhole).map(BigDecimal::longValueExact);
    }

    private Filter whole(Comparison comparison, BigDecimal number) {
        Filter filter = scaled(comparison, number, 0, BigDecimal::longValueExact);
        // Iceberg knows that all values are less than what is beyond the type, and forgets the NULLs.
        boolean inside = column.type().typeId() == Type.TypeID.LONG
                || number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) < 0;
        return step == ColumnStep.SAME && inside ? filter : filter.inexact();
    }

    static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private Optional<BigDecimal> whole(Constant constant) {
        if (constant.kind() == Kind.TEXT) {
            // The engine makes a value of the column of it, and fails when it cannot.
            return Constant.number(constant.text())
                    .map(Constant::number)
                    .filter(NumberFilter::isWhole)
                    .filter(number -> column.type().typeId() == Type.TypeID.LONG
                            || number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0);
        }
        return constant.kind() == Kind.NUMBER ? Optional.of(constant.number()) : Optional.empty();
    }

    private int scale() {
        return ((Types.DecimalType) column.type()).scale();
    }

    private int precision() {
        return ((Types.DecimalType) column.type()).precision();
    }

    /** A number that is compared without being rounded, in a decimal type of enough digits. */
    private Optional<BigDecimal> exact(Constant constant) {
        Optional<BigDecimal> number = constant.kind() == Kind.TEXT
                ? Constant.number(constant.text())
                        .map(Constant::number)
                        .filter(text ->
                                text.scale() <= scale() && text.precision() - text.scale() <= precision() - scale())
                : Optional.of(constant)
                        .filter(known -> known.kind() == Kind.NUMBER)
                        .map(Constant::number);
        return number.filter(known ->
                Math.max(precision() - scale(), BIGINT_DIGITS) + Math.max(scale(), known.scale()) <= MOST_DIGITS);
    }

    private Optional<Filter> decimal(Comparison comparison, Constant constant) {
        return exact(constant)
                .filter(number -> number.precision() - number.scale() <= precision() - scale())
                .map(number -> scaled(comparison, number, scale(), scaled -> scaled));
    }

    private interface Scaled {
        Object value(BigDecimal number);
    }

    /** A comparison with a number that may lie between two values of the column. */
    private Filter scaled(Comparison comparison, BigDecimal number, int scale, Scaled value) {
        BigDecimal floor = number.setScale(scale, RoundingMode.FLOOR);
        boolean between = floor.compareTo(number) != 0;
        return new Filter(ColumnFilter.ordered(column.name(), comparison, value.value(floor), between), true);
    }

    private Optional<Filter> floating(Comparison comparison, Constant constant) {
        if (constant.kind() != Kind.NUMBER || constant.number().precision() > EXACT_DIGITS) {
            return Optional.empty();
        }
        double number = constant.number().doubleValue();
        double low = number == 0 ? -0.0 : number;
        String name = column.name();
        Expression expression = switch (comparison) {
            case EQUAL ->
                number == 0
                        ? Expressions.and(
                                Expressions.greaterThanOrEqual(name, low), Expressions.lessThanOrEqual(name, number))
                        : Expressions.equal(name, number);
            case LESS -> Expressions.lessThan(name, number);
            case AT_MOST -> Expressions.lessThanOrEqual(name, number);
            case GREATER -> Expressions.or(Expressions.greaterThan(name, low), Expressions.isNaN(name));
            case AT_LEAST -> Expressions.or(Expressions.greaterThanOrEqual(name, low), Expressions.isNaN(name));
            case NOT_EQUAL, IN, NOT_IN, STARTS_WITH, NOT_STARTS_WITH, IS_NULL, IS_NOT_NULL -> Expressions.alwaysTrue();
        };
        return Optional.of(new Filter(expression, false));
    }
}
