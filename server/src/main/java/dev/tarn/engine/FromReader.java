package dev.tarn.engine;

import dev.tarn.engine.FromNode.Kind;
import dev.tarn.engine.QueryShape.Equality;
import dev.tarn.engine.QueryShape.Member;
import dev.tarn.engine.QueryShapes.Named;
import dev.tarn.engine.RowCondition.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads the FROM of a SELECT: first what stands in it, then the joins, whose conditions name some of that. */
final class FromReader {
    private final QueryShapes shapes;
    private final Map<String, Optional<Named>> scope;
    private final ConstantFolding constants;
    private final List<QueryShape> inside;
    private final Set<String> names = new HashSet<>();
    private boolean merges;
    private boolean natural;
    private boolean first = true;
    private boolean half;

    /** @param inside where queries go that stand in conditions and functions */
    FromReader(
            QueryShapes shapes,
            Map<String, Optional<Named>> scope,
            ConstantFolding constants,
            List<QueryShape> inside) {
        this.shapes = shapes;
        this.scope = scope;
        this.constants = constants;
        this.inside = inside;
    }

    /** What the joins merge. */
    FromNames.Merged merged() {
        return new FromNames.Merged(merges, natural, names, first, half);
    }

    FromNode read(JsonNode from) {
        Tree tree = tree(from);
        return joined(tree, leaves(tree));
    }

    /** A join whose condition has not been read. */
    private sealed interface Tree {}

    private record Single(FromNode.Leaf leaf) implements Tree {}

    private record Pair(JsonNode join, Kind kind, Tree left, Tree right) implements Tree {}

    private Tree tree(JsonNode node) {
        boolean samples = SelectReader.isSampled(node);
        return switch (node.path("type").asString("")) {
            case "JOIN" -> {
                boolean using = !node.path("using_columns").isEmpty();
                String type = node.path("join_type").asString("");
                natural |= node.path("ref_type").asString("").equals("NATURAL");
                merges |= using || natural;
                node.path("using_columns").forEach(name -> names.add(QueryShapes.folded(name.asString(""))));
                first &= !type.equals("RIGHT") && !type.equals("OUTER") && !type.equals("FULL");
                half |= type.equals("SEMI") || type.equals("ANTI") || type.equals("MARK") || type.equals("SINGLE");
                shapes.inside(node.path("condition"), scope, new ArrayList<>(), inside);
                shapes.inside(node.path("ranking_expression"), scope, new ArrayList<>(), inside);
                Kind kind = samples ? Kind.OTHER : kind(node, type);
                yield new Pair(node, kind, tree(node.path("left")), tree(node.path("right")));
            }
            case "BASE_TABLE" -> new Single(new FromNode.Leaf(shapes.table(node, scope), samples));
            case "SUBQUERY" -> {
                QueryShape shape = shapes.query(node.path("subquery").path("node"), scope);
                Named answer = QueryShapes.answer(shape, MissingNode.getInstance());
                yield new Single(new FromNode.Leaf(QueryShapes.member(node, "", answer), samples));
            }
            default -> {
                List<FromNode.Leaf> leaves = new ArrayList<>();
                shapes.inside(node, scope, leaves, inside);
                if (!leaves.isEmpty()) {
                    inside.add(new QueryShape.Other(leaves, List.of()));
                }
                Named nothing = new Named(null, new QueryShape.OfNothing());
                yield new Single(new FromNode.Leaf(QueryShapes.member(node, "", nothing), true));
            }
        };
    }

    private static Kind kind(JsonNode join, String type) {
        String form = join.path("ref_type").asString("");
        boolean near = form.equals("ASOF") || join.has("ranking_expression");
        if (near) {
            return type.equals("INNER") || type.equals("LEFT") ? Kind.NEAREST : Kind.OTHER;
        }
        if (!form.equals("REGULAR") && !form.equals("CROSS") && !form.equals("NATURAL")) {
            return Kind.OTHER;
        }
        return switch (type) {
            case "INNER" -> Kind.INNER;
            case "LEFT" -> Kind.LEFT;
            case "RIGHT" -> Kind.RIGHT;
            case "SEMI" -> Kind.SEMI;
            case "ANTI" -> Kind.ANTI;
            default -> Kind.OTHER;
        };
    }

    private static List<Member> leaves(Tree tree) {
        return switch (tree) {
            case Single(FromNode.Leaf leaf) -> List.of(leaf.member());
            case Pair pair ->
                Stream.concat(leaves(pair.left()).stream(), leaves(pair.right()).stream())
                        .toList();
        };
    }

    private FromNode joined(Tree tree, List<Member> all) {
        return switch (tree) {
            case Single(FromNode.Leaf leaf) -> leaf;
            case Pair pair -> {
                FromNames known = new FromNames(all, leaves(pair), merged());
                ConditionReader conditions = new ConditionReader(known::column, constants);
                JsonNode on = pair.join().path("condition");
                List<Equality> equalities = new ArrayList<>(FromNames.alike(conditions.pairs(on)));
                equalities.addAll(FromNames.alike(merged(pair)));
                yield new FromNode.Join(
                        joined(pair.left(), all),
                        joined(pair.right(), all),
                        pair.kind(),
                        conditions.condition(on),
                        equalities);
            }
        };
    }

    /** The columns that USING and NATURAL make equal, where each side has one of that name. */
    private List<ConditionReader.Pair> merged(Pair join) {
        List<ConditionReader.Pair> pairs = new ArrayList<>();
        Set<String> common = new HashSet<>();
        join.join().path("using_columns").forEach(name -> common.add(QueryShapes.folded(name.asString(""))));
        if (join.join().path("ref_type").asString("").equals("NATURAL")) {
            leaves(join.left())
                    .forEach(member -> member.columns().forEach(column -> {
                        if (column.name() != null) {
                            common.add(column.name());
                        }
                    }));
        }
        for (String name : common) {
            Optional<Column> left = only(leaves(join.left()), name);
            Optional<Column> right = only(leaves(join.right()), name);
            if (left.isPresent() && right.isPresent()) {
                pairs.add(new ConditionReader.Pair(left.get(), right.get()));
            }
        }
        return pairs;
    }

    /** The only one, or the first where joins have merged them. */
    private Optional<Column> only(List<Member> members, String name) {
        List<Member> having =
                members.stream().filter(member -> member.has(name)).toList();
        boolean known = !having.isEmpty() && (having.size() == 1 || first);
        return known && members.stream().noneMatch(Member::isOpen)
                ? having.getFirst().column(name)
                : Optional.empty();
    }
}
