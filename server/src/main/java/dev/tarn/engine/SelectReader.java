package dev.tarn.engine;

import dev.tarn.engine.QueryShape.Member;
import dev.tarn.engine.QueryShape.Output;
import dev.tarn.engine.QueryShapes.Named;
import dev.tarn.engine.RowCondition.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one SELECT. */
final class SelectReader {
    private final QueryShapes shapes;
    private final Map<String, Optional<Named>> scope;
    private final ConstantFolding constants;
    private final List<QueryShape> inside = new ArrayList<>();

    SelectReader(QueryShapes shapes, Map<String, Optional<Named>> scope, ConstantFolding constants) {
        this.shapes = shapes;
        this.scope = scope;
        this.constants = constants;
    }

    QueryShape read(JsonNode select) {
        FromReader reader = new FromReader(shapes, scope, constants, inside);
        JsonNode source = select.path("from_table");
        FromNode from = source.isMissingNode() ? null : reader.read(source);
        select.forEachEntry((name, child) -> {
            if (!name.equals("cte_map") && !name.equals("from_table")) {
                shapes.inside(child, scope, new ArrayList<>(), inside);
            }
        });
        List<Member> members = from == null ? List.of() : from.members();
        FromNames names = new FromNames(members, members, reader.merged());
        ConditionReader conditions = new ConditionReader(names::column, constants);
        JsonNode where = select.path("where_clause");
        return new QueryShape.Select(
                outputs(select, members, names),
                from,
                passes(select) && !isGroupedTwice(select) && !hasWindow(select),
                conditions.condition(where),
                FromNames.alike(conditions.pairs(where)),
                isSampled(select),
                inside);
    }

    static boolean isSampled(JsonNode node) {
        return node.has("sample") && !node.get("sample").isNull();
    }

    /** Whether leaving rows out of what is answered and of what is read comes to the same. */
    static boolean passes(JsonNode query) {
        for (JsonNode modifier : query.path("modifiers")) {
            boolean passes = switch (modifier.path("type").asString("")) {
                case "ORDER_MODIFIER" -> true;
                case "DISTINCT_MODIFIER" -> modifier.path("distinct_on_targets").isEmpty();
                default -> false;
            };
            if (!passes) {
                return false;
            }
        }
        return true;
    }

    /** Grouped by several sets, where a column is NULL in the groups of some. */
    private static boolean isGroupedTwice(JsonNode select) {
        return select.path("group_sets").size() > 1;
    }

    private static boolean hasWindow(JsonNode select) {
        if (select.has("qualify") && !select.get("qualify").isNull()) {
            return true;
        }
        for (JsonNode expression : select.path("select_list")) {
            if (hasWindowInside(expression)) {
                return true;
            }
        }
        return hasWindowInside(select.path("modifiers"));
    }

    private static boolean hasWindowInside(JsonNode node) {
        if (node.path("class").asString("").equals("WINDOW")) {
            return true;
        }
        for (JsonNode child : node) {
            if (hasWindowInside(child)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable List<Output> outputs(JsonNode select, List<Member> members, FromNames names) {
        List<Output> outputs = new ArrayList<>();
        for (JsonNode expression : select.path("select_list")) {
            String kind = expression.path("class").asString("");
            String alias = QueryShapes.folded(expression.path("alias").asString(""));
            if (kind.equals("STAR")) {
                List<Output> all = star(expression, members, names);
                if (all == null) {
                    return null;
                }
                outputs.addAll(all);
            } else if (kind.equals("COLUMN_REF")) {
                outputs.add(column(expression, alias, names));
            } else {
                outputs.add(Output.NONE.named(alias.isEmpty() ? null : alias));
            }
        }
        return once(outputs);
    }

    private static Output column(JsonNode expression, String alias, FromNames names) {
        List<String> path = new ArrayList<>();
        expression.path("column_names").forEach(part -> path.add(part.asString("")));
        String name = alias.isEmpty() ? QueryShapes.folded(path.isEmpty() ? "" : path.getLast()) : alias;
        return names.column(path)
                .map(column -> new Output(name, FromNames.type(column), Optional.of(column)))
                .orElse(Output.NONE.named(name));
    }

    private static @Nullable List<Output> star(JsonNode star, List<Member> members, FromNames names) {
        String relation = QueryShapes.folded(star.path("relation_name").asString(""));
        boolean plain = Stream.of("exclude_list", "replace_list", "rename_list", "qualified_exclude_list", "expr")
                        .allMatch(name -> star.path(name).isMissingNode())
                && !star.path("columns").asBoolean(false);
        List<Member> meant = members.stream()
                .filter(member -> relation.isEmpty() || member.name().equals(relation))
                .toList();
        boolean certain = relation.isEmpty() ? !names.isMerged() && !names.isHalf() : meant.size() == 1;
        if (!plain || !certain || meant.stream().anyMatch(Member::isOpen)) {
            return null;
        }
        List<Output> outputs = new ArrayList<>();
        for (Member member : meant) {
            for (int i = 0; i < member.columns().size(); i++) {
                Column column = new Column(member, i);
                Output output = member.columns().get(i);
                outputs.add(new Output(output.name(), output.type(), Optional.of(column)));
            }
        }
        return outputs;
    }

    /** The engine gives a name that comes twice another the second time. */
    private static List<Output> once(List<Output> outputs) {
        Set<String> seen = new HashSet<>();
        List<Output> once = new ArrayList<>();
        for (Output output : outputs) {
            boolean again = output.name() != null && !seen.add(output.name());
            once.add(again ? Output.NONE : output);
        }
        return once;
    }
}
