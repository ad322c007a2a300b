package dev.tarn.engine;

import dev.tarn.engine.ConstantFolding.Operand;
import dev.tarn.engine.RowCondition.Column;
import dev.tarn.engine.RowCondition.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Reads conditions of a syntax tree, as far as they compare single columns with constants. */
final class ConditionReader {
    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "COMPARE_EQUAL", Comparison.EQUAL,
            "COMPARE_NOTEQUAL", Comparison.NOT_EQUAL,
            "COMPARE_LESSTHAN", Comparison.LESS,
            "COMPARE_LESSTHANOREQUALTO", Comparison.AT_MOST,
            "COMPARE_GREATERTHAN", Comparison.GREATER,
            "COMPARE_GREATERTHANOREQUALTO", Comparison.AT_LEAST);

    private final Function<List<String>, Optional<Column>> columns;
    private final ConstantFolding constants;

    /** @param columns from the parts of a name to the column that it surely means */
    ConditionReader(Function<List<String>, Optional<Column>> columns, ConstantFolding constants) {
        this.columns = columns;
        this.constants = constants;
    }

    /** Two columns that a condition says to be equal. */
    record Pair(Column one, Column other) {}

    private record Term(Column column, ColumnStep step) {}

    /** When the condition is true. */
    RowCondition condition(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? RowCondition.Whole.ALWAYS : read(node, false);
    }

    /** The columns that must be equal when the condition is true. */
    List<Pair> pairs(JsonNode node) {
        List<Pair> pairs = new ArrayList<>();
        switch (node.path("type").asString("")) {
            case "CONJUNCTION_AND" -> node.path("children").forEach(child -> pairs.addAll(pairs(child)));
            case "COMPARE_EQUAL" ->
                column(node.path("left"))
                        .ifPresent(left ->
                                column(node.path("right")).ifPresent(right -> pairs.add(new Pair(left, right))));
            default -> {}
        }
        return pairs;
    }

    private RowCondition read(JsonNode node, boolean not) {
        return switch (node.path("type").asString("")) {
            case "CONJUNCTION_AND" -> joined(node, not, !not);
            case "CONJUNCTION_OR" -> joined(node, not, not);
            case "OPERATOR_NOT" -> read(node.path("children").path(0), !not);
            case "COMPARE_BETWEEN" -> between(node, not);
            case "COMPARE_IN" -> in(node.path("children"), not);
            case "OPERATOR_IS_NULL" -> ofNull(node, not ? Comparison.IS_NOT_NULL : Comparison.IS_NULL);
            case "OPERATOR_IS_NOT_NULL" -> ofNull(node, not ? Comparison.IS_NULL : Comparison.IS_NOT_NULL);
            case "COMPARE_NOT_DISTINCT_FROM" -> distinct(node, not);
            case "COMPARE_DISTINCT_FROM" -> distinct(node, !not);
            case "COLUMN_REF", "VALUE_CONSTANT" -> bare(node, not);
            case "FUNCTION" -> function(node, not);
            case String type -> {
                Comparison comparison = COMPARISONS.get(type);
                yield comparison == null ? RowCondition.Whole.UNKNOWN : comparison(node, comparison, not);
            }
        };
    }

    private RowCondition joined(JsonNode node, boolean not, boolean all) {
        List<RowCondition> parts = new ArrayList<>();
        node.path("children").forEach(child -> parts.add(read(child, not)));
        return all ? RowCondition.all(parts) : RowCondition.any(parts);
    }

    private RowCondition comparison(JsonNode node, Comparison comparison, boolean not) {
        Comparison meant = not ? comparison.negated() : comparison;
        RowCondition straight = test(node.path("left"), meant, List.of(node.path("right")));
        return straight == RowCondition.Whole.UNKNOWN
                ? test(node.path("right"), meant.flipped(), List.of(node.path("left")))
                : straight;
    }

    private RowCondition between(JsonNode node, boolean not) {
        // All three are compared in one type, which may be none of the ends'.
        List<JsonNode> ends = List.of(node.path("lower"), node.path("upper"));
        if (operands(ends).isEmpty()) {
            return RowCondition.Whole.UNKNOWN;
        }
        JsonNode input = node.path("input");
        return not
                ? RowCondition.any(List.of(
                        test(input, Comparison.LESS, ends.subList(0, 1)),
                        test(input, Comparison.GREATER, ends.subList(1, 2))))
                : RowCondition.all(List.of(
                        test(input, Comparison.AT_LEAST, ends.subList(0, 1)),
                        test(input, Comparison.AT_MOST, ends.subList(1, 2))));
    }

    private RowCondition in(JsonNode children, boolean not) {
        if (children.size() < 2) {
            return RowCondition.Whole.UNKNOWN;
        }
        List<JsonNode> list =
                IntStream.range(1, children.size()).mapToObj(children::get).toList();
        return test(children.get(0), not ? Comparison.NOT_IN : Comparison.IN, list);
    }

    private RowCondition ofNull(JsonNode node, Comparison comparison) {
        JsonNode children = node.path("children");
        return children.size() == 1
                ? column(children.get(0))
                        .<RowCondition>map(
                                column -> new RowCondition.Test(column, ColumnStep.SAME, comparison, List.of()))
                        .orElse(RowCondition.Whole.UNKNOWN)
                : RowCondition.Whole.UNKNOWN;
    }

    private RowCondition distinct(JsonNode node, boolean distinct) {
        JsonNode left = node.path("left");
        JsonNode right = node.path("right");
        boolean straight = column(left).isPresent();
        Optional<Column> column = straight ? column(left) : column(right);
        JsonNode constant = straight ? right : left;
        if (column.isEmpty()) {
            return RowCondition.Whole.UNKNOWN;
        }
        RowCondition isNull = new RowCondition.Test(column.get(), ColumnStep.SAME, Comparison.IS_NULL, List.of());
        if (constant.path("literal").path("kind").asString("").equals("NULL_LITERAL")) {
            return distinct
                    ? new RowCondition.Test(column.get(), ColumnStep.SAME, Comparison.IS_NOT_NULL, List.of())
                    : isNull;
        }
        return distinct
                ? RowCondition.any(
                        List.of(isNull, test(straight ? left : right, Comparison.NOT_EQUAL, List.of(constant))))
                : test(straight ? left : right, Comparison.EQUAL, List.of(constant));
    }

    /** A truth value that stands alone. */
    private RowCondition bare(JsonNode node, boolean not) {
        Optional<Column> column = column(node);
        if (column.isPresent()) {
            Operand wanted = Operand.of(new Constant(Constant.Kind.BOOLEAN, !not));
            return new RowCondition.Test(column.get(), ColumnStep.SAME, Comparison.EQUAL, List.of(wanted));
        }
        return constants
                .operand(node)
                .filter(value -> value.least().kind() == Constant.Kind.BOOLEAN)
                .map(value -> value.least().value().equals(!not) ? RowCondition.Whole.ALWAYS : RowCondition.Whole.NEVER)
                .orElse(RowCondition.Whole.UNKNOWN);
    }

    private RowCondition function(JsonNode node, boolean not) {
        List<JsonNode> arguments = ConstantFolding.arguments(node);
        if (arguments.size() != 2) {
            return RowCondition.Whole.UNKNOWN;
        }
        Optional<String> text = constants
                .operand(arguments.getLast())
                .filter(value -> value.least().kind() == Constant.Kind.TEXT)
                .map(value -> value.least().text());
        if (text.isEmpty()) {
            return RowCondition.Whole.UNKNOWN;
        }
        return switch (SyntaxTree.functionName(node)) {
            case "starts_with", "prefix", "^@" -> startsWith(arguments.getFirst(), text.get(), true, not);
            case "~~" -> like(arguments.getFirst(), text.get(), not);
            case "!~~" -> like(arguments.getFirst(), text.get(), !not);
            default -> RowCondition.Whole.UNKNOWN;
        };
    }

    private RowCondition like(JsonNode column, String pattern, boolean not) {
        int plain = 0;
        while (plain < pattern.length() && "%_\\".indexOf(pattern.charAt(plain)) < 0) {
            plain++;
        }
        if (plain == pattern.length()) {
            return test(column, not ? Comparison.NOT_EQUAL : Comparison.EQUAL, Operand.of(Constant.text(pattern)));
        }
        boolean whole = plain == pattern.length() - 1 && pattern.charAt(plain) == '%';
        return startsWith(column, pattern.substring(0, plain), whole, not);
    }

    /** @param whole whether there is nothing else that the text must be */
    private RowCondition startsWith(JsonNode column, String prefix, boolean whole, boolean not) {
        if (prefix.isEmpty() || (not && !whole)) {
            return RowCondition.Whole.UNKNOWN;
        }
        RowCondition test = test(
                column, not ? Comparison.NOT_STARTS_WITH : Comparison.STARTS_WITH, Operand.of(Constant.text(prefix)));
        return whole ? test : RowCondition.all(List.of(test, RowCondition.Whole.UNKNOWN));
    }

    private RowCondition test(JsonNode node, Comparison comparison, Operand operand) {
        return term(node)
                .<RowCondition>map(
                        term -> new RowCondition.Test(term.column(), term.step(), comparison, List.of(operand)))
                .orElse(RowCondition.Whole.UNKNOWN);
    }

    private RowCondition test(JsonNode node, Comparison comparison, List<JsonNode> constants) {
        Optional<Term> term = term(node);
        Optional<List<Operand>> operands = term.isEmpty() ? Optional.empty() : operands(constants);
        return operands.isEmpty()
                ? RowCondition.Whole.UNKNOWN
                : new RowCondition.Test(term.get().column(), term.get().step(), comparison, operands.get());
    }

    /** All of them, when all are constants. Those of several kinds are compared in a type of all of them, which may be none of theirs. */
    private Optional<List<Operand>> operands(List<JsonNode> nodes) {
        List<Operand> operands = new ArrayList<>();
        for (JsonNode node : nodes) {
            Optional<Operand> operand = constants.operand(node);
            if (operand.isEmpty() || (!operands.isEmpty() && !alike(operand.get(), operands.getFirst()))) {
                return Optional.empty();
            }
            operands.add(operand.get());
        }
        return Optional.of(operands);
    }

    private static boolean alike(Operand one, Operand other) {
        Constant.Kind kind = one.least().kind();
        Constant.Kind first = other.least().kind();
        return kind == first || (kind.isMoment() && first.isMoment());
    }

    private Optional<Column> column(JsonNode node) {
        if (!node.path("class").asString("").equals("COLUMN_REF")) {
            return Optional.empty();
        }
        List<String> path = new ArrayList<>();
        node.path("column_names").forEach(part -> path.add(part.asString("")));
        return columns.apply(path);
    }

    private Optional<Term> term(JsonNode node) {
        return switch (node.path("class").asString("")) {
            case "COLUMN_REF" -> column(node).map(column -> new Term(column, ColumnStep.SAME));
            case "CAST" -> cast(node);
            case "FUNCTION" -> stepped(node);
            default -> Optional.empty();
        };
    }

    private Optional<Term> cast(JsonNode node) {
        Optional<ColumnStep> step = switch (ConstantFolding.castType(node)) {
            case "date" -> Optional.of(ColumnStep.DAY);
            case "timestamp", "timestamp without time zone", "timestamptz", "timestamp with time zone" ->
                Optional.of(ColumnStep.AS_MOMENT);
            case "bigint", "int8", "long", "hugeint" -> Optional.of(ColumnStep.AS_WHOLE);
            default -> Optional.empty();
        };
        return step.flatMap(known -> column(node.path("child")).map(column -> new Term(column, known)));
    }

    private Optional<Term> stepped(JsonNode node) {
        List<JsonNode> arguments = ConstantFolding.arguments(node);
        String name = SyntaxTree.functionName(node);
        if (arguments.size() == 1 && name.equals("year")) {
            return column(arguments.getFirst()).map(column -> new Term(column, ColumnStep.YEAR_NUMBER));
        }
        if (arguments.size() != 2) {
            return Optional.empty();
        }
        Optional<ColumnStep> step = ConstantFolding.unit(arguments.getFirst()).flatMap(unit -> switch (name) {
            case "date_trunc", "datetrunc" -> ColumnStep.cutting(unit);
            case "date_part", "datepart" ->
                ColumnStep.cutting(unit).filter(ColumnStep.YEAR::equals).map(year -> ColumnStep.YEAR_NUMBER);
            default -> Optional.empty();
        });
        return step.flatMap(known -> column(arguments.getLast()).map(column -> new Term(column, known)));
    }
}
