package dev.tarn.engine;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.And;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.expressions.NamedReference;
import org.apache.iceberg.expressions.Or;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** A condition that decides which files are read, as text for people. */
final class ConditionText {
    private static final int MOST_VALUES = 8;
    private static final int MOST_CHARS = 400;

    private final Schema schema;

    private ConditionText(Schema schema) {
        this.schema = schema;
    }

    static String of(Expression expression, Schema schema) {
        String text = new ConditionText(schema).text(expression);
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
    }

    private String text(Expression expression) {
        return switch (expression) {
            case And and -> text(and.left()) + " AND " + text(and.right());
            case Or or -> "(" + text(or.left()) + " OR " + text(or.right()) + ")";
            case UnboundPredicate<?> test -> test(test);
            default -> expression.toString();
        };
    }

    private String test(UnboundPredicate<?> test) {
        String name = test.term() instanceof NamedReference<?> named
                ? named.name()
                : test.term().toString();
        return switch (test.op()) {
            case IS_NULL -> name + " IS NULL";
            case NOT_NULL -> name + " IS NOT NULL";
            case IS_NAN -> "isnan(" + name + ")";
            case IN -> name + " IN " + list(name, test.literals());
            case NOT_IN -> name + " NOT IN " + list(name, test.literals());
            case EQ -> name + " = " + value(name, test.literal());
            case NOT_EQ -> name + " <> " + value(name, test.literal());
            case LT -> name + " < " + value(name, test.literal());
            case LT_EQ -> name + " <= " + value(name, test.literal());
            case GT -> name + " > " + value(name, test.literal());
            case GT_EQ -> name + " >= " + value(name, test.literal());
            default -> test.toString();
        };
    }

    private String list(String name, List<? extends Literal<?>> literals) {
        String values = literals.stream()
                .limit(MOST_VALUES)
                .map(literal -> value(name, literal))
                .collect(Collectors.joining(", "));
        return literals.size() > MOST_VALUES
                ? "(%s, … %d values)".formatted(values, literals.size())
                : "(" + values + ")";
    }

    private String value(String name, Literal<?> literal) {
        NestedField column = schema.findField(name);
        Object value = Objects.requireNonNull(literal.value());
        Type.TypeID type = column == null ? Type.TypeID.UNKNOWN : column.type().typeId();
        return switch (type) {
            case DATE ->
                quoted(LocalDate.ofEpochDay(((Number) value).longValue()).toString());
            case TIMESTAMP ->
                quoted(Constant.time(((Number) value).longValue()).toString().replace('T', ' '));
            case STRING -> quoted(value.toString());
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
