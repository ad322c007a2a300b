package dev.tarn.engine;

import dev.tarn.engine.QueryShape.Member;
import dev.tarn.engine.QueryShape.OfNothing;
import dev.tarn.engine.QueryShape.OfQuery;
import dev.tarn.engine.QueryShape.Output;
import dev.tarn.engine.QueryShape.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The shapes of the queries in one text. A common table expression has one shape, however often it is named. */
final class QueryShapes {
    private final Function<JsonNode, Optional<Named>> named;
    private final ConstantFolding constants;
    private final List<QueryShape> common = new ArrayList<>();

    /**
     * What a name that is no common table expression's stands for.
     *
     * @param columns null when they are not known
     */
    record Named(@Nullable List<Output> columns, Target target) {}

    /** @param named by the nodes of the tables */
    QueryShapes(Function<JsonNode, Optional<Named>> named, ConstantFolding constants) {
        this.named = named;
        this.constants = constants;
    }

    /** The shape of the text's query. */
    QueryShape of(JsonNode tree) {
        return query(tree.path("statements").path(0).path("node"), Map.of());
    }

    /** Those of the common table expressions, which may be named nowhere. */
    List<QueryShape> common() {
        return common;
    }

    static boolean isQuery(JsonNode node) {
        String type = node.path("type").asString("");
        return type.equals("SELECT_NODE")
                || type.equals("SET_OPERATION_NODE")
                || type.equals("RECURSIVE_CTE_NODE")
                || type.equals("CTE_NODE");
    }

    QueryShape query(JsonNode node, Map<String, Optional<Named>> outer) {
        Map<String, Optional<Named>> scope =
                node.path("cte_map").path("map").isEmpty() ? outer : commonTables(node, outer);
        List<QueryShape> inside = new ArrayList<>();
        return switch (node.path("type").asString("")) {
            case "SELECT_NODE" -> new SelectReader(this, scope, constants).read(node);
            case "SET_OPERATION_NODE" -> {
                List<QueryShape> parts = new ArrayList<>();
                node.path("children").forEach(child -> parts.add(query(child, scope)));
                inside(node.path("modifiers"), scope, new ArrayList<>(), inside);
                yield combined(node, parts, inside);
            }
            default -> {
                List<FromNode.Leaf> leaves = new ArrayList<>();
                node.forEachEntry((name, child) -> {
                    if (!name.equals("cte_map")) {
                        inside(child, scope, leaves, inside);
                    }
                });
                yield new QueryShape.Other(leaves, inside);
            }
        };
    }

    private Map<String, Optional<Named>> commonTables(JsonNode node, Map<String, Optional<Named>> outer) {
        Map<String, Optional<Named>> scope = new HashMap<>(outer);
        for (JsonNode entry : node.path("cte_map").path("map")) {
            String name = folded(entry.path("key").asString(""));
            scope.put(name, Optional.empty());
            QueryShape shape = query(entry.path("value").path("query_node"), Map.copyOf(scope));
            common.add(shape);
            scope.put(name, Optional.of(answer(shape, entry.path("value").path("aliases"))));
        }
        return scope;
    }

    /** The answer of a query as something to read from; its first columns may have other names. */
    static Named answer(QueryShape shape, JsonNode aliases) {
        List<Output> outputs = shape.outputs();
        if (outputs == null) {
            return new Named(null, new OfQuery(shape, List.of()));
        }
        List<Output> columns = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            columns.add(i < aliases.size() ? output.named(folded(aliases.get(i).asString(""))) : output);
            places.add(i);
        }
        return new Named(columns, new OfQuery(shape, places));
    }

    private static QueryShape combined(JsonNode node, List<QueryShape> parts, List<QueryShape> inside) {
        boolean byPlace = !node.path("setop_type").asString("").equals("UNION_BY_NAME");
        List<Output> first = parts.isEmpty() ? null : parts.getFirst().outputs();
        if (first == null
                || !byPlace
                || parts.stream()
                        .anyMatch(part -> part.outputs() == null
                                || Objects.requireNonNull(part.outputs()).size() != first.size())) {
            return new QueryShape.Combined(null, parts, false, inside);
        }
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            int place = i;
            Type type = first.get(i).type();
            boolean same = type != null
                    && parts.stream()
                            .allMatch(part -> type.equals(Objects.requireNonNull(part.outputs())
                                    .get(place)
                                    .type()));
            outputs.add(new Output(first.get(i).name(), same ? type : null, Optional.empty()));
        }
        return new QueryShape.Combined(outputs, parts, SelectReader.passes(node), inside);
    }

    /** Finds the queries in an expression, or in whatever else holds some. */
    void inside(JsonNode node, Map<String, Optional<Named>> scope, List<FromNode.Leaf> leaves, List<QueryShape> found) {
        if (isQuery(node)) {
            found.add(query(node, scope));
        } else if (node.path("type").asString("").equals("BASE_TABLE")) {
            leaves.add(new FromNode.Leaf(table(node, scope), true));
        } else {
            node.forEach(child -> inside(child, scope, leaves, found));
        }
    }

    /** A table by its name, or a common table expression. */
    Member table(JsonNode node, Map<String, Optional<Named>> scope) {
        JsonNode path = node.path("qualified_name").path("path");
        String name = path.isEmpty() ? "" : folded(path.get(path.size() - 1).asString(""));
        Named nothing = new Named(null, new OfNothing());
        Named meant = path.size() == 1 && scope.containsKey(name)
                ? Objects.requireNonNull(scope.get(name)).orElse(nothing)
                : named.apply(node).orElse(nothing);
        return member(node, name, meant);
    }

    /** Something in a FROM, by its alias when it has one. */
    static Member member(JsonNode node, String name, Named meant) {
        String alias = folded(node.path("alias").asString(""));
        List<Output> columns = meant.columns();
        JsonNode aliases = node.path("column_name_alias");
        if (columns != null && !aliases.isEmpty()) {
            List<Output> renamed = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                renamed.add(
                        i < aliases.size()
                                ? columns.get(i).named(folded(aliases.get(i).asString("")))
                                : columns.get(i));
            }
            columns = renamed;
        }
        return new Member(alias.isEmpty() ? name : alias, columns, meant.target(), node);
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
