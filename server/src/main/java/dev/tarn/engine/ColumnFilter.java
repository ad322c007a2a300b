package dev.tarn.engine;

import dev.tarn.worker.protocol.Parameter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A condition on a column as Iceberg has it, where DuckDB and Iceberg order the column's values alike and the constant is
 * exactly one of them. Floating numbers are left out, because NaN is the greatest for DuckDB and has no place in Iceberg's
 * bounds; so are times with a zone, whose constants depend on the session's.
 */
final class ColumnFilter {
    /** Longer numbers may be compared as floating ones. */
    private static final int EXACT_DIGITS = 15;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?");

    private ColumnFilter() {}

    static Optional<Expression> of(NestedField column, ColumnCondition condition, List<Parameter> parameters) {
        String name = column.name();
        // Iceberg takes a dot in a name for the way into a struct.
        if (!column.type().isPrimitiveType() || name.indexOf('.') >= 0) {
            return Optional.empty();
        }
        List<Object> values = condition.operands().stream()
                .map(constant -> resolved(constant, parameters).flatMap(known -> value(column.type(), known)))
                .flatMap(Optional::stream)
                .toList();
        if (values.size() < condition.operands().size() || !alike(condition.operands(), parameters)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (condition.comparison()) {
                    case EQUAL -> Expressions.equal(name, values.getFirst());
                    case LESS -> Expressions.lessThan(name, values.getFirst());
                    case AT_MOST -> Expressions.lessThanOrEqual(name, values.getFirst());
                    case GREATER -> Expressions.greaterThan(name, values.getFirst());
                    case AT_LEAST -> Expressions.greaterThanOrEqual(name, values.getFirst());
                    case BETWEEN ->
                        Expressions.and(
                                Expressions.greaterThanOrEqual(name, values.getFirst()),
                                Expressions.lessThanOrEqual(name, values.getLast()));
                    case IN -> Expressions.in(name, values.toArray());
                    case IS_NULL -> Expressions.isNull(name);
                    case IS_NOT_NULL -> Expressions.notNull(name);
                });
    }

    /** Constants of several kinds are compared in a type of all of them, which may be none of theirs. */
    private static boolean alike(List<Constant> constants, List<Parameter> parameters) {
        return constants.stream()
                        .map(constant -> resolved(constant, parameters).map(Constant::kind))
                        .distinct()
                        .count()
                <= 1;
    }

    private static Optional<Constant> resolved(Constant constant, List<Parameter> parameters) {
        if (constant.kind() != Constant.Kind.PARAMETER) {
            return Optional.of(constant);
        }
        int number = constant.text().matches("\\d{1,4}") ? Integer.parseInt(constant.text()) : 0;
        if (number < 1 || number > parameters.size()) {
            return Optional.empty();
        }
        Parameter parameter = parameters.get(number - 1);
        String text = parameter.value();
        if (text == null) {
            return Optional.empty();
        }
        String type = parameter.type();
        return switch (type.indexOf('(') < 0 ? type : type.substring(0, type.indexOf('('))) {
            case "VARCHAR" -> Optional.of(new Constant(Constant.Kind.TEXT, text));
            case "INTEGER", "BIGINT", "DECIMAL" -> Optional.of(new Constant(Constant.Kind.NUMBER, text));
            case "DATE" -> Optional.of(new Constant(Constant.Kind.DATE, text));
            case "TIMESTAMP" -> Optional.of(new Constant(Constant.Kind.TIMESTAMP, text));
            default -> Optional.empty();
        };
    }

    /** The constant as a value of the type; empty when it is none, or may be compared in another type. */
    private static Optional<Object> value(Type type, Constant constant) {
        return switch (type.typeId()) {
            case INTEGER, LONG -> number(constant).flatMap(ColumnFilter::whole);
            case DECIMAL -> number(constant).flatMap(number -> decimal(number, (Types.DecimalType) type));
            case STRING -> text(constant);
            case DATE -> date(constant);
            case TIMESTAMP -> ((Types.TimestampType) type).shouldAdjustToUTC() ? Optional.empty() : timestamp(constant);
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(Constant constant) {
        boolean may = constant.kind() == Constant.Kind.NUMBER || constant.kind() == Constant.Kind.TEXT;
        return may && NUMBER.matcher(constant.text()).matches()
                ? Optional.of(new BigDecimal(constant.text()))
                : Optional.empty();
    }

    private static Optional<Object> whole(BigDecimal number) {
        return number.stripTrailingZeros().scale() > 0 ? Optional.empty() : Optional.of(number.longValueExact());
    }

    private static Optional<Object> decimal(BigDecimal number, Types.DecimalType type) {
        if (type.precision() > EXACT_DIGITS || number.stripTrailingZeros().scale() > type.scale()) {
            return Optional.empty();
        }
        BigDecimal scaled = number.setScale(type.scale());
        return scaled.precision() > type.precision() ? Optional.empty() : Optional.of(scaled);
    }

    /** A text with half of a surrogate pair has no place in any order. */
    private static Optional<Object> text(Constant constant) {
        return constant.kind() == Constant.Kind.TEXT
                        && constant.text().codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF)
                ? Optional.of(constant.text())
                : Optional.empty();
    }

    private static Optional<Object> date(Constant constant) {
        return constant.kind() == Constant.Kind.DATE || constant.kind() == Constant.Kind.TEXT
                ? day(constant.text()).map(day -> Math.toIntExact(day.toEpochDay()))
                : Optional.empty();
    }

    /** A date alone is its midnight. */
    private static Optional<Object> timestamp(Constant constant) {
        if (constant.kind() == Constant.Kind.NUMBER) {
            return Optional.empty();
        }
        Optional<LocalDateTime> moment = day(constant.text()).map(LocalDate::atStartOfDay);
        if (moment.isEmpty()
                && constant.kind() != Constant.Kind.DATE
                && TIMESTAMP.matcher(constant.text()).matches()) {
            try {
                moment = Optional.of(LocalDateTime.parse(constant.text().replace(' ', 'T')));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        return moment.map(at -> ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), at));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return DATE.matcher(text).matches()
                    ? Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() > 0)
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
