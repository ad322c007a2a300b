package dev.tarn.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One SELECT with its FROM and WHERE: what its WHERE says of single columns, and of which of its tables the rows that fail it
 * are not wanted. Not of the side of an outer join that NULLs are made for, nor of the hidden side of a semi join, nor where a
 * row counts by its place or by its neighbours (positional and nearest joins, samples).
 */
final class QueryBlock {
    private final List<ColumnCondition> conditions;
    private final Set<String> selected = new HashSet<>();
    private final List<String> names = new ArrayList<>();
    private final IdentityHashMap<JsonNode, Member> members = new IdentityHashMap<>();
    private boolean merged;

    /**
     * A table in its FROM.
     *
     * @param name by which the SELECT knows it, in lower case
     */
    record Member(QueryBlock block, String name) {}

    private QueryBlock(List<ColumnCondition> conditions) {
        this.conditions = conditions;
    }

    static QueryBlock of(JsonNode select) {
        QueryBlock block = new QueryBlock(ColumnCondition.of(select.path("where_clause")));
        for (JsonNode expression : select.path("select_list")) {
            block.selected.add(folded(expression.path("alias").asString("")));
        }
        block.add(select.path("from_table"), !isSampled(select));
        return block;
    }

    private void add(JsonNode from, boolean wanted) {
        boolean inFull = wanted && !isSampled(from);
        if (from.path("type").asString("").equals("JOIN")) {
            addJoin(from, inFull);
            return;
        }
        String alias = from.path("alias").asString("");
        String name = folded(alias.isEmpty() ? from.path("table_name").asString("") : alias);
        names.add(name);
        // Columns with other names than the table's are not looked through.
        if (inFull
                && from.path("type").asString("").equals("BASE_TABLE")
                && from.path("column_name_alias").isEmpty()) {
            members.put(from, new Member(this, name));
        }
    }

    private void addJoin(JsonNode join, boolean wanted) {
        String form = join.path("ref_type").asString("");
        String type = join.path("join_type").asString("");
        merged |= form.equals("NATURAL") || !join.path("using_columns").isEmpty();
        boolean plain = wanted
                && (form.equals("REGULAR") || form.equals("CROSS") || form.equals("NATURAL"))
                && !join.has("ranking_expression");
        boolean inner = type.equals("INNER");
        add(join.path("left"), plain && (inner || type.equals("LEFT") || type.equals("SEMI") || type.equals("ANTI")));
        add(join.path("right"), plain && (inner || type.equals("RIGHT")));
    }

    private static boolean isSampled(JsonNode node) {
        return node.has("sample") && !node.get("sample").isNull();
    }

    /** The tables that fewer rows are wanted of, by their nodes. */
    IdentityHashMap<JsonNode, Member> members() {
        return members;
    }

    List<ColumnCondition> conditions() {
        return conditions;
    }

    /** Whether a name alone is a column's: not of one that is two tables' at once, nor of something that SELECT makes. */
    boolean isPlain(String column) {
        return !merged && !selected.contains(folded(column));
    }

    /** Whether one thing in FROM alone has the name. */
    boolean isUnique(String name) {
        return names.stream().filter(name::equals).count() == 1;
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
