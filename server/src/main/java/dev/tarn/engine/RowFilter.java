package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * The expression of a grant that says which rows may be read. It is computed for rows that the caller must not see, so it is
 * narrower than what a statement may say: no subqueries, no windows, nothing that is different each time or fails on purpose.
 * The names in it are columns of the table and what is known of the caller; a name that the engine would take for something else
 * when its column is gone is refused.
 *
 * @param text as it was granted
 * @param expression its syntax tree
 * @param names what it names as a column, in lower case
 */
record RowFilter(String text, JsonNode expression, Set<String> names) {
    /** What makes a query of the text. */
    static final String BEFORE = "SELECT ";

    private static final Set<String> CALLER = Set.of("current_user", "current_roles");
    private static final Set<String> MOMENTS = Set.of("current_date", "current_timestamp");
    private static final Set<String> EXPRESSIONS = Set.of(
            "COLUMN_REF",
            "CONSTANT",
            "FUNCTION",
            "OPERATOR",
            "COMPARISON",
            "CONJUNCTION",
            "CASE",
            "CAST",
            "BETWEEN",
            "LAMBDA",
            "LAMBDA_REF",
            "COLLATE",
            "TYPE");
    private static final Set<String> CLOSED_FUNCTIONS = Set.of(
            "assert_true",
            "current_schema",
            "current_user",
            "error",
            "gen_random_uuid",
            "random",
            "uuid",
            "uuidv4",
            "uuidv7",
            "version");
    /** All that a SELECT of one expression has. */
    private static final Set<String> PLAIN =
            Set.of("type", "cte_map", "select_list", "from_table", "aggregate_handling");

    /**
     * Reads a filter.
     *
     * @param json the syntax tree of {@link #BEFORE} and the text
     * @throws TarnException {@code INVALID_REQUEST} or {@code STATEMENT_NOT_ALLOWED} for what no filter may be
     */
    static RowFilter of(String text, String json) {
        if (!SyntaxTree.tables(BEFORE + text, json).isEmpty()) {
            throw refused("has a table");
        }
        JsonNode select = SyntaxTree.read(json).path("statements").path(0).path("node");
        JsonNode expression = select.path("select_list").path(0);
        if (!isPlain(select) || !expression.path("alias").asString("").isEmpty()) {
            throw refused("is more than one expression");
        }
        Set<String> names = new TreeSet<>();
        check(expression, Set.of(), names);
        return new RowFilter(text, expression, names);
    }

    private static boolean isPlain(JsonNode select) {
        return select.path("type").asString("").equals("SELECT_NODE")
                && PLAIN.containsAll(Set.copyOf(select.propertyNames()))
                && select.path("cte_map").isEmpty()
                && select.path("select_list").size() == 1
                && select.path("from_table").path("type").asString("").equals("EMPTY")
                && select.path("aggregate_handling").asString("").equals("STANDARD_HANDLING");
    }

    private static void check(JsonNode node, Set<String> variables, Set<String> names) {
        String kind = node.path("class").asString("");
        if (!kind.isEmpty() && !EXPRESSIONS.contains(kind)) {
            throw refused("may have no " + kind.toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        if (kind.equals("LAMBDA")) {
            Set<String> inner = new HashSet<>(variables);
            check(node.path("lhs"), Set.of(), inner);
            check(node.path("expr"), inner, names);
            return;
        }
        if (kind.equals("FUNCTION")) {
            checkFunction(node);
        }
        if (kind.equals("COLUMN_REF")) {
            String name = folded(node.path("column_names").path(0).asString(""));
            if (!variables.contains(name)) {
                names.add(name);
            }
        }
        node.forEach(child -> check(child, variables, names));
    }

    private static void checkFunction(JsonNode node) {
        String name = SyntaxTree.functionName(node);
        if (CLOSED_FUNCTIONS.contains(name)) {
            throw refused(
                    name.equals("current_user")
                            ? "has current_user with brackets; write it without"
                            : "may not call " + name);
        }
    }

    /** The names that are neither a column nor known otherwise. */
    List<String> unknown(Predicate<String> column) {
        return names.stream()
                .filter(name -> !CALLER.contains(name) && !MOMENTS.contains(name) && !column.test(name))
                .toList();
    }

    /** Whether a table's column has a name that means the caller. */
    static boolean isTaken(Predicate<String> column) {
        return CALLER.stream().anyMatch(column);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static TarnException refused(String why) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "A row filter is one boolean expression over the columns of its table, current_user and current_roles; this one "
                        + why);
    }
}
