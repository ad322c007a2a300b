package dev.tarn.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A comparison of one column with constants, one of those that stand between the ANDs of a WHERE.
 *
 * @param column the parts of its name as written
 * @param operands one constant; both ends for BETWEEN, some for IN, none for the tests of NULL
 */
record ColumnCondition(List<String> column, Comparison comparison, List<Constant> operands) {
    enum Comparison {
        EQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST,
        BETWEEN,
        IN,
        IS_NULL,
        IS_NOT_NULL
    }

    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "COMPARE_EQUAL", Comparison.EQUAL,
            "COMPARE_LESSTHAN", Comparison.LESS,
            "COMPARE_LESSTHANOREQUALTO", Comparison.AT_MOST,
            "COMPARE_GREATERTHAN", Comparison.GREATER,
            "COMPARE_GREATERTHANOREQUALTO", Comparison.AT_LEAST);

    /** The conditions in a WHERE that are of this form; all others are passed over. */
    static List<ColumnCondition> of(JsonNode where) {
        List<ColumnCondition> conditions = new ArrayList<>();
        collect(where, conditions::add);
        return List.copyOf(conditions);
    }

    private static void collect(JsonNode node, Consumer<ColumnCondition> found) {
        switch (node.path("type").asString("")) {
            case "CONJUNCTION_AND" -> node.path("children").forEach(child -> collect(child, found));
            case "COMPARE_BETWEEN" ->
                add(node.path("input"), Comparison.BETWEEN, List.of(node.path("lower"), node.path("upper")), found);
            case "COMPARE_IN" -> in(node.path("children"), found);
            case "OPERATOR_IS_NULL" -> ofNull(node.path("children"), Comparison.IS_NULL, found);
            case "OPERATOR_IS_NOT_NULL" -> ofNull(node.path("children"), Comparison.IS_NOT_NULL, found);
            case String type -> {
                Comparison comparison = COMPARISONS.get(type);
                if (comparison != null) {
                    add(node.path("left"), comparison, List.of(node.path("right")), found);
                    add(node.path("right"), flipped(comparison), List.of(node.path("left")), found);
                }
            }
        }
    }

    private static void in(JsonNode children, Consumer<ColumnCondition> found) {
        List<JsonNode> list = new ArrayList<>();
        children.forEach(list::add);
        if (list.size() > 1) {
            add(list.getFirst(), Comparison.IN, list.subList(1, list.size()), found);
        }
    }

    private static void ofNull(JsonNode children, Comparison comparison, Consumer<ColumnCondition> found) {
        if (children.size() == 1) {
            add(children.get(0), comparison, List.of(), found);
        }
    }

    private static void add(
            JsonNode column, Comparison comparison, List<JsonNode> operands, Consumer<ColumnCondition> found) {
        if (column.path("class").asString("").equals("COLUMN_REF")) {
            List<String> path = new ArrayList<>();
            column.path("column_names").forEach(part -> path.add(part.asString("")));
            constants(operands).ifPresent(constants -> found.accept(new ColumnCondition(path, comparison, constants)));
        }
    }

    /** All of them, when all are constants. */
    private static Optional<List<Constant>> constants(List<JsonNode> nodes) {
        List<Constant> constants =
                nodes.stream().map(Constant::of).flatMap(Optional::stream).toList();
        return constants.size() == nodes.size() ? Optional.of(constants) : Optional.empty();
    }

    private static Comparison flipped(Comparison comparison) {
        return switch (comparison) {
            case LESS -> Comparison.GREATER;
            case AT_MOST -> Comparison.AT_LEAST;
            case GREATER -> Comparison.LESS;
            case AT_LEAST -> Comparison.AT_MOST;
            case EQUAL, BETWEEN, IN, IS_NULL, IS_NOT_NULL -> comparison;
        };
    }
}
