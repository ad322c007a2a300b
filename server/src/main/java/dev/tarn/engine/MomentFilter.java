package dev.tarn.engine;

import dev.tarn.engine.ColumnFilter.Filter;
import dev.tarn.engine.Constant.Kind;
import dev.tarn.engine.RowCondition.Comparison;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Optional;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Comparisons of days and moments, as they are or cut to a unit of time; a day is its midnight, and every zone is UTC. */
record MomentFilter(NestedField column, ColumnStep step) {
    /** Older ones are in another calendar for some functions of the engine. */
    private static final long FIRST_ZONED = Constant.micros(LocalDateTime.of(1700, 1, 1, 0, 0));

    /** The constant as a value of the column. */
    Optional<Object> value(Constant constant) {
        return isDay()
                ? asMoment(constant)
                        .filter(at -> at % Constant.DAY_MICROS == 0)
                        .map(at -> Math.toIntExact(at / Constant.DAY_MICROS))
                : asMoment(constant).map(Object.class::cast);
    }

    private boolean isZoned() {
        return column.type() instanceof Types.TimestampType type && type.shouldAdjustToUTC();
    }

    private boolean isDay() {
        return column.type().typeId() == Type.TypeID.DATE;
    }

    /** A text becomes what the engine compares the column as. */
    private Optional<Long> asMoment(Constant constant) {
        Optional<Constant> moment = switch (constant.kind()) {
            case DATE, TIMESTAMP, ZONED -> Optional.of(constant);
            case TEXT ->
                step != ColumnStep.SAME || isDay()
                        ? Constant.date(constant.text())
                        : Constant.moment(constant.text(), isZoned() ? Kind.ZONED : Kind.TIMESTAMP);
            case NUMBER, BOOLEAN, INTERVAL -> Optional.empty();
        };
        boolean zoned = isZoned() || constant.kind() == Kind.ZONED;
        return moment.map(Constant::micros).filter(at -> !zoned || at >= FIRST_ZONED);
    }

    Optional<Filter> compared(Comparison comparison, Constant constant) {
        if (step == ColumnStep.YEAR_NUMBER) {
            return year(comparison, constant);
        }
        return asMoment(constant).flatMap(at -> switch (step) {
            case SAME, AS_MOMENT -> Optional.of(atMoment(comparison, at));
            case YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND -> {
                long floor = step.floor(at);
                yield Optional.of(cut(comparison, floor, step.next(at), floor == at));
            }
            case AS_WHOLE, YEAR_NUMBER -> Optional.empty();
        });
    }

    private Optional<Filter> year(Comparison comparison, Constant constant) {
        if (constant.kind() != Kind.NUMBER || !NumberFilter.isWhole(constant.number())) {
            return Optional.empty();
        }
        BigDecimal year = constant.number();
        if (year.compareTo(BigDecimal.valueOf(isZoned() ? 1_701 : 1)) < 0
                || year.compareTo(BigDecimal.valueOf(9_998)) > 0) {
            return Optional.empty();
        }
        long begin = Constant.micros(LocalDateTime.of(year.intValueExact(), 1, 1, 0, 0));
        // The year of a moment without an end is NULL.
        Filter filter = cut(comparison, begin, ColumnStep.YEAR.next(begin), true);
        return Optional.of(comparison == Comparison.EQUAL ? filter : filter.inexact());
    }

    /**
     * A comparison of a moment cut to its unit.
     *
     * @param begin of the unit that the constant is in
     * @param end of that
     * @param met whether the constant is that begin, and so a value of the function
     */
    private Filter cut(Comparison comparison, long begin, long end, boolean met) {
        return switch (comparison) {
            case EQUAL ->
                met
                        ? ColumnFilter.and(atMoment(Comparison.AT_LEAST, begin), atMoment(Comparison.LESS, end))
                        : new Filter(Expressions.alwaysFalse(), true);
            case NOT_EQUAL ->
                met
                        ? ColumnFilter.or(atMoment(Comparison.LESS, begin), atMoment(Comparison.AT_LEAST, end))
                        : new Filter(Expressions.notNull(column.name()), true);
            case LESS -> atMoment(Comparison.LESS, met ? begin : end);
            case AT_MOST -> atMoment(Comparison.LESS, end);
            case GREATER -> atMoment(Comparison.AT_LEAST, end);
            case AT_LEAST -> atMoment(Comparison.AT_LEAST, met ? begin : end);
            case IN, NOT_IN, STARTS_WITH, NOT_STARTS_WITH, IS_NULL, IS_NOT_NULL -> Filter.UNKNOWN;
        };
    }

    private Filter atMoment(Comparison comparison, long at) {
        if (!isDay()) {
            return new Filter(ColumnFilter.ordered(column.name(), comparison, at, false), true);
        }
        long day = Math.floorDiv(at, Constant.DAY_MICROS);
        return new Filter(
                ColumnFilter.ordered(
                        column.name(), comparison, Math.toIntExact(day), Math.floorMod(at, Constant.DAY_MICROS) != 0),
                true);
    }
}
