package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gate that every query passes before it runs: each node of DuckDB's syntax tree must be of a known kind, each function
 * on the list, and each table is either a common table expression in whose scope it stands or a name for the catalog. What
 * is not known is refused, so a kind of node that a newer engine brings is closed until somebody has looked at it.
 */
final class SyntaxTree {
    private static final Set<String> NODES = Set.of(
            "SELECT_NODE",
            "SET_OPERATION_NODE",
            "RECURSIVE_CTE_NODE",
            "CTE_NODE",
            "ORDER_MODIFIER",
            "LIMIT_MODIFIER",
            "LIMIT_PERCENT_MODIFIER",
            "DISTINCT_MODIFIER",
            "EMPTY",
            "BASE_TABLE",
            "SUBQUERY",
            "JOIN",
            "TABLE_FUNCTION",
            "EXPRESSION_LIST",
            "PIVOT",
            "ORDER_DEFAULT",
            "ASCENDING",
            "DESCENDING");
    private static final Set<String> EXPRESSIONS = Set.of(
            "CONSTANT",
            "COLUMN_REF",
            "FUNCTION",
            "WINDOW",
            "STAR",
            "OPERATOR",
            "COMPARISON",
            "CONJUNCTION",
            "CASE",
            "CAST",
            "SUBQUERY",
            "BETWEEN",
            "LAMBDA",
            "LAMBDA_REF",
            "COLLATE",
            "POSITIONAL_REFERENCE",
            "PARAMETER",
            "TYPE");
    private static final Set<String> TABLE_FUNCTIONS =
            Set.of("range", "generate_series", "unnest", "json_each", "json_tree", "repeat", "repeat_row");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(2_500)
                            .build())
                    .build())
            .build();

    private final String sql;
    private final Utf8Offsets offsets;
    private final List<TableReference> tables = new ArrayList<>();
    private final JsonNode root;

    private SyntaxTree(String sql, JsonNode root) {
        this.sql = sql;
        this.root = root;
        this.offsets = new Utf8Offsets(sql);
    }

    /**
     * Checks the tree of a query.
     *
     * @param sql the query's text
     * @param json what DuckDB's json_serialize_sql says of it
     * @return the tables that the query names, each as often as it stands there
     * @throws TarnException {@code STATEMENT_NOT_ALLOWED} with the place of what is refused
     */
    static List<TableReference> tables(String sql, String json) {
        SyntaxTree tree = new SyntaxTree(sql, read(json));
        JsonNode statements = tree.root.path("statements");
        if (statements.size() != 1) {
            throw new TarnException(
                    ErrorCode.STATEMENT_NOT_ALLOWED,
                    "Only one statement can be run at a time; send each in a request of its own");
        }
        tree.check(statements.get(0), Set.of());
        return tree.tables;
    }

    /** What a statement may call, by name. */
    static List<String> functions() {
        return Stream.concat(AllowedFunctions.names().stream(), TABLE_FUNCTIONS.stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The tree as it was sent. */
    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw new TarnException(ErrorCode.SYNTAX_ERROR, "The statement is nested too deeply to be checked", e);
        }
    }

    private void check(JsonNode node, Set<String> scope) {
        if (node.isArray()) {
            for (JsonNode element : node) {
                check(element, scope);
            }
        } else if (node.isObject()) {
            Set<String> inner = node.has("cte_map") ? commonTables(node.get("cte_map"), scope) : scope;
            checkKind(node, inner);
            node.forEachEntry((name, child) -> {
                if (!name.equals("cte_map")) {
                    check(child, inner);
                }
            });
        }
    }

    /** A common table expression is seen by itself (recursion), by later ones, and by the query that it stands in front of. */
    private Set<String> commonTables(JsonNode map, Set<String> outer) {
        Set<String> scope = new HashSet<>(outer);
        for (JsonNode entry : map.path("map")) {
            scope.add(folded(entry.path("key").asString("")));
            check(entry.path("value"), scope);
        }
        return scope;
    }

    private void checkKind(JsonNode node, Set<String> scope) {
        String type = node.path("type").asString("");
        String expression = node.path("class").asString("");
        if (!expression.isEmpty()) {
            if (!EXPRESSIONS.contains(expression)) {
                throw refused(node, "This form of expression is not allowed");
            }
            if (expression.equals("FUNCTION") || expression.equals("WINDOW")) {
                checkFunction(node);
            }
        } else if (type.equals("SHOW_REF")) {
            throw refused(node, "DESCRIBE, SHOW and SUMMARIZE cannot stand inside of a query");
        } else if (type.equals("BASE_TABLE")) {
            addTable(node, scope);
        } else if (type.equals("TABLE_FUNCTION")) {
            String name = functionName(node.path("function"));
            if (!TABLE_FUNCTIONS.contains(name)) {
                throw refused(node, "The table function %s is not allowed".formatted(name));
            }
        } else if (!type.isEmpty() && !NODES.contains(type)) {
            throw refused(node, "This form of query is not allowed");
        }
    }

    private void checkFunction(JsonNode node) {
        String name = functionName(node);
        if (!AllowedFunctions.contains(name) && !TABLE_FUNCTIONS.contains(name)) {
            throw refused(node, "The function %s does not exist here or is not allowed".formatted(name));
        }
    }

    /** The last part of a function's name, in lower case. */
    static String functionName(JsonNode function) {
        JsonNode path = function.path("qualified_name").path("path");
        String name = path.isEmpty()
                ? function.path("function_name").asString("")
                : path.get(path.size() - 1).asString("");
        return folded(name);
    }

    private void addTable(JsonNode node, Set<String> scope) {
        List<String> path = new ArrayList<>();
        for (JsonNode part : node.path("qualified_name").path("path")) {
            path.add(part.asString(""));
        }
        if (path.isEmpty()) {
            throw refused(node, "This form of table reference is not allowed");
        }
        if (path.size() > 1 || !scope.contains(folded(path.get(0)))) {
            tables.add(new TableReference(
                    path, offset(node), length(node), new TableReference.Place(root, node), version(node)));
        } else if (node.has("at_clause")) {
            throw refused(node, "%s is part of this query and has no versions".formatted(path.get(0)));
        }
    }

    private Optional<VersionClause> version(JsonNode table) {
        JsonNode at = table.path("at_clause");
        if (at.isMissingNode()) {
            return Optional.empty();
        }
        boolean version = at.path("unit").asString("").equalsIgnoreCase("VERSION");
        int start = offset(table);
        int end = start + length(table);
        List<SqlToken> tokens = start < 0 ? List.of() : SqlLexer.tokens(sql.substring(start, end));
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isWord("AT") && tokens.get(i + 1).isSymbol('(')) {
                int last = closing(tokens, i + 1);
                return Optional.of(new VersionClause(
                        -1,
                        start + tokens.get(i).offset(),
                        start + tokens.get(last).end(),
                        VersionClause.of(at)
                                .orElseThrow(() -> VersionClause.unreadable(version)
                                        .at(TextPosition.of(sql, start, end - start)))));
            }
        }
        throw refused(table, "This form of table reference is not allowed");
    }

    private static int closing(List<SqlToken> tokens, int opening) {
        int depth = 0;
        int at = opening;
        do {
            depth += tokens.get(at).isSymbol('(') ? 1 : tokens.get(at).isSymbol(')') ? -1 : 0;
            at++;
        } while (depth > 0 && at < tokens.size());
        return at - 1;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private TarnException refused(JsonNode node, String message) {
        TarnException failure = new TarnException(ErrorCode.STATEMENT_NOT_ALLOWED, message);
        int offset = offset(node);
        return offset < 0 ? failure : failure.at(TextPosition.of(sql, offset, length(node)));
    }

    private int offset(JsonNode node) {
        return node.has("query_location")
                ? offsets.utf16(node.get("query_location").asInt(0))
                : -1;
    }

    private int length(JsonNode node) {
        int start = node.path("query_location").asInt(0);
        return offsets.utf16(start + node.path("query_location_length").asInt(0)) - offsets.utf16(start);
    }
}
