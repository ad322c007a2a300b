package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.engine.RowClauses.Piece;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Each piece of a statement's text is what it is taken for, an expression or a list of tables, whatever stands in it: so the query
 * that is made of them says what we mean it to say, and no piece reaches into what is ours. Nor does a piece speak of a row as a whole
 * or of a column by its place, since a row that changes has columns that say where it is.
 */
final class PieceCheck {
    private final RowClauses clauses;
    private final ReadableTable table;
    private final String nonce;

    PieceCheck(RowClauses clauses, ReadableTable table, String nonce) {
        this.clauses = clauses;
        this.table = table;
        this.nonce = nonce;
    }

    /** @param parser from a query to its syntax tree */
    void check(String original, UnaryOperator<String> parser) {
        List<Piece> expressions = new ArrayList<>();
        clauses.condition().ifPresent(expressions::add);
        clauses.clauses().forEach(clause -> {
            clause.condition().ifPresent(expressions::add);
            clause.assignments().forEach(assignment -> assignment.value().ifPresent(expressions::add));
        });
        checkExpressions(expressions, original, parser);
        clauses.source().ifPresent(source -> {
            JsonNode node = node(new PiecedText().add("SELECT 1 FROM ").add(source.text()), original, parser);
            requirePlain(node, true);
        });
        clauses.with().ifPresent(with -> {
            String words = clauses.recursive() ? "WITH RECURSIVE " : "WITH ";
            JsonNode node = node(new PiecedText().add(words).add(with).add("\nSELECT 1"), original, parser);
            requirePlain(node, false);
        });
    }

    private void checkExpressions(List<Piece> expressions, String original, UnaryOperator<String> parser) {
        if (expressions.isEmpty()) {
            return;
        }
        PiecedText text = new PiecedText().add("SELECT ");
        for (int i = 0; i < expressions.size(); i++) {
            text.add(i == 0 ? "" : ", ").inBrackets(expressions.get(i)).add(" AS " + name(i));
        }
        JsonNode node = node(text, original, parser);
        requirePlain(node, false);
        JsonNode list = node.path("select_list");
        boolean same = list.size() == expressions.size();
        for (int i = 0; same && i < expressions.size(); i++) {
            same = list.get(i).path("alias").asString("").equals(name(i));
        }
        if (!same) {
            throw refused();
        }
        list.forEach(expression -> checkExpression(expression, false));
    }

    private String name(int number) {
        return "tarn_" + number + "_" + nonce;
    }

    private static JsonNode node(PiecedText text, String original, UnaryOperator<String> parser) {
        try {
            // Of the same length, with blanks for what the engine does not know.
            String sql =
                    VersionClauses.of(text.text(), SqlLexer.tokens(text.text())).sql();
            JsonNode statements = SyntaxTree.read(parser.apply(sql)).path("statements");
            if (statements.size() != 1) {
                throw refused();
            }
            return statements.get(0).path("node");
        } catch (TarnException e) {
            throw text.told(e, original);
        }
    }

    /** Nothing but a list of expressions, or 1 and a FROM. */
    private static void requirePlain(JsonNode node, boolean from) {
        boolean hasFrom =
                !node.path("from_table").path("type").asString("EMPTY").equals("EMPTY");
        boolean before = from && !node.path("cte_map").path("map").isEmpty();
        boolean plain = !before
                && node.path("type").asString("").equals("SELECT_NODE")
                && hasFrom == from
                && node.path("modifiers").isEmpty()
                && node.path("group_expressions").isEmpty()
                && List.of("where_clause", "having", "qualify", "sample").stream()
                        .allMatch(part -> node.path(part).isMissingNode()
                                || node.path(part).isNull());
        if (!plain) {
            throw refused();
        }
    }

    private void checkExpression(JsonNode node, boolean inside) {
        if (node.isArray()) {
            node.forEach(element -> checkExpression(element, inside));
        } else if (node.isObject()) {
            String kind = node.path("class").asString("");
            boolean whole = kind.equals("COLUMN_REF")
                    && node.path("column_names").size() == 1
                    && isWholeRow(node.path("column_names").get(0).asString(""));
            if (whole || (!inside && (kind.equals("STAR") || kind.equals("POSITIONAL_REFERENCE")))) {
                throw new TarnException(
                        ErrorCode.STATEMENT_NOT_ALLOWED,
                        "A row as a whole, COLUMNS(...) and #1 cannot be used in what changes rows; name the columns");
            }
            boolean subquery = inside || kind.equals("SUBQUERY");
            node.forEachEntry((name, child) -> checkExpression(child, subquery));
        }
    }

    private boolean isWholeRow(String name) {
        return name.equalsIgnoreCase(clauses.alias())
                && table.schema().columns().stream()
                        .noneMatch(column -> column.name().equalsIgnoreCase(name)
                                && table.rights().has(column.name()));
    }

    private static TarnException refused() {
        return new TarnException(ErrorCode.SYNTAX_ERROR, "A part of this statement is no expression, or no table");
    }
}
