package dev.tarn.engine;

import dev.tarn.catalog.TableName;
import dev.tarn.engine.Change.RowVerb;
import dev.tarn.engine.RowClauses.Action;
import dev.tarn.engine.RowClauses.Assignment;
import dev.tarn.engine.RowClauses.Clause;
import dev.tarn.engine.RowClauses.Piece;
import dev.tarn.engine.RowClauses.Source;
import dev.tarn.engine.RowClauses.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads DELETE, UPDATE and MERGE: their clauses, and the pieces of text between, which the engine reads. */
final class RowClausesParser {
    private final TokenCursor cursor;
    private final QualifiedNames names;
    private final Defaults defaults;

    private RowClausesParser(String sql, List<SqlToken> tokens, Defaults defaults) {
        this.cursor = new TokenCursor(sql, tokens);
        this.names = new QualifiedNames(sql, tokens);
        this.defaults = defaults;
    }

    /** Whether a statement is one of these, with common table expressions before it or without. */
    static boolean begins(List<SqlToken> tokens) {
        return behindCommonTables(tokens).sees("DELETE", "UPDATE", "MERGE");
    }

    /** Where a statement begins behind the common table expressions before it; at the end when they cannot be read. */
    static TokenCursor behindCommonTables(List<SqlToken> tokens) {
        TokenCursor cursor = new TokenCursor("", tokens);
        if (cursor.accept("WITH")) {
            cursor.accept("RECURSIVE");
            if (!cursor.skipCommonTables()) {
                cursor.goTo(tokens.size());
            }
        }
        return cursor;
    }

    static Statement.Changing parse(String sql, List<SqlToken> tokens, Defaults defaults) {
        RowClausesParser parser = new RowClausesParser(sql, tokens, defaults);
        RowClauses clauses = parser.statement();
        if (parser.cursor.sees("RETURNING")) {
            throw parser.cursor.notServed("RETURNING");
        }
        parser.cursor.end();
        return new Statement.Changing(
                new Change.ChangeRows(clauses.table(), clauses.verb()), Optional.empty(), Optional.of(clauses));
    }

    private RowClauses statement() {
        Optional<Piece> with = Optional.empty();
        boolean recursive = false;
        if (cursor.accept("WITH")) {
            recursive = cursor.accept("RECURSIVE");
            int first = cursor.place();
            cursor.skipCommonTables();
            with = Optional.of(names.piece(first, cursor.place()));
        }
        if (cursor.accept("DELETE")) {
            cursor.expect("FROM");
            return delete(with, recursive);
        } else if (cursor.accept("UPDATE")) {
            return update(with, recursive);
        }
        cursor.expect("MERGE");
        cursor.expect("INTO");
        return merge(with, recursive);
    }

    private RowClauses delete(Optional<Piece> with, boolean recursive) {
        TableName table = table();
        String alias = alias(table, "USING", "WHERE", "RETURNING");
        Optional<Source> source = cursor.accept("USING") ? Optional.of(list("WHERE", "RETURNING")) : Optional.empty();
        Optional<Piece> condition = where();
        Clause only = new Clause(When.MATCHED, Optional.empty(), Action.DELETE, List.of(), false, false);
        return new RowClauses(RowVerb.DELETE, table, alias, with, recursive, source, condition, List.of(only));
    }

    private RowClauses update(Optional<Piece> with, boolean recursive) {
        TableName table = table();
        String alias = alias(table, "SET");
        cursor.expect("SET");
        List<Assignment> assignments = assignments();
        Optional<Source> source = cursor.accept("FROM") ? Optional.of(list("WHERE", "RETURNING")) : Optional.empty();
        Optional<Piece> condition = where();
        Clause only = new Clause(When.MATCHED, Optional.empty(), Action.UPDATE, assignments, false, false);
        return new RowClauses(RowVerb.UPDATE, table, alias, with, recursive, source, condition, List.of(only));
    }

    private RowClauses merge(Optional<Piece> with, boolean recursive) {
        TableName table = table();
        String alias = alias(table, "USING");
        cursor.expect("USING");
        int end = cursor.lastBefore("WHEN", "ON", "USING");
        Source unshared = mergeSource(end);
        List<String> shared = List.of();
        Optional<Piece> condition = Optional.empty();
        if (cursor.accept("USING")) {
            shared = cursor.names("the name of a column");
        } else {
            cursor.expect("ON");
            condition = Optional.of(expression("WHEN"));
        }
        List<Clause> clauses = new ArrayList<>();
        do {
            clauses.add(clause());
        } while (cursor.sees("WHEN"));
        Source source = new Source(unshared.text(), unshared.alias(), unshared.named(), shared);
        return new RowClauses(RowVerb.MERGE, table, alias, with, recursive, Optional.of(source), condition, clauses);
    }

    private TableName table() {
        cursor.accept("ONLY");
        return TableName.of(cursor.path("the name of a table"), defaults.namespace());
    }

    private String alias(TableName table, String... until) {
        if (cursor.accept("AS") || !(cursor.isAtEnd() || cursor.sees(until))) {
            return cursor.name("an alias");
        }
        names.hide(table);
        return table.table();
    }

    private Source list(String... until) {
        int first = cursor.place();
        cursor.skip(true, until);
        return new Source(names.piece(first, cursor.place()), "", true, List.of());
    }

    private Source mergeSource(int end) {
        int first = cursor.place();
        if (end <= first) {
            throw cursor.unexpected("the source of the rows, and then ON");
        }
        if (cursor.joins(end)) {
            throw cursor.failed("A source that is joined from several stands in brackets: USING (SELECT ...) AS s");
        }
        Optional<String> alias = cursor.aliasBefore(end);
        if (alias.isEmpty() && cursor.seesName()) {
            TableName table = TableName.of(cursor.path("a source"), defaults.namespace());
            names.hide(table);
            cursor.goTo(end);
            return new Source(names.piece(first, end), table.table(), false, List.of());
        }
        cursor.goTo(end);
        return new Source(names.piece(first, end), alias.orElse("tarn_source"), alias.isPresent(), List.of());
    }

    private Optional<Piece> where() {
        return cursor.accept("WHERE") ? Optional.of(expression("RETURNING")) : Optional.empty();
    }

    private Piece expression(String... until) {
        int first = cursor.place();
        cursor.skip(false, until);
        if (cursor.place() == first) {
            throw cursor.unexpected("an expression");
        }
        return names.piece(first, cursor.place());
    }

    private List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>();
        do {
            int first = cursor.place();
            List<String> path = cursor.path("the name of a column");
            cursor.expect('=');
            assignments.add(new Assignment(path, names.offset(first), value("FROM", "WHERE", "WHEN", "RETURNING")));
        } while (cursor.accept(','));
        return assignments;
    }

    private Optional<Piece> value(String... until) {
        return cursor.accept("DEFAULT") ? Optional.empty() : Optional.of(expression(until));
    }

    private Clause clause() {
        cursor.expect("WHEN");
        When when = When.MATCHED;
        if (cursor.accept("NOT")) {
            cursor.expect("MATCHED");
            when = When.ONLY_IN_SOURCE;
            if (cursor.accept("BY", "SOURCE")) {
                when = When.ONLY_IN_TABLE;
            } else if (cursor.accept("BY")) {
                cursor.expect("TARGET");
            }
        } else {
            cursor.expect("MATCHED");
        }
        Optional<Piece> condition = cursor.accept("AND") ? Optional.of(expression("THEN")) : Optional.empty();
        cursor.expect("THEN");
        return action(when, condition);
    }

    private Clause action(When when, Optional<Piece> condition) {
        if (cursor.accept("DO", "NOTHING")) {
            return new Clause(when, condition, Action.NOTHING, List.of(), false, false);
        }
        if (when == When.ONLY_IN_SOURCE) {
            if (cursor.accept("INSERT")) {
                return insert(condition);
            }
            throw cursor.unexpected("INSERT or DO NOTHING");
        }
        if (cursor.accept("DELETE")) {
            return new Clause(when, condition, Action.DELETE, List.of(), false, false);
        }
        if (!cursor.accept("UPDATE")) {
            throw cursor.unexpected("UPDATE, DELETE or DO NOTHING");
        }
        boolean byName = !cursor.accept("SET");
        if (byName) {
            cursor.accept("BY", "NAME");
        } else {
            byName = cursor.accept('*');
        }
        if (byName && when == When.ONLY_IN_TABLE) {
            throw cursor.unexpected("SET with values, since no row of the source is there,");
        }
        return new Clause(when, condition, Action.UPDATE, byName ? List.of() : assignments(), byName, false);
    }

    private Clause insert(Optional<Piece> condition) {
        When when = When.ONLY_IN_SOURCE;
        boolean byName = cursor.accept("BY", "NAME");
        if (byName || cursor.accept('*') || cursor.isAtEnd() || cursor.sees("WHEN", "RETURNING")) {
            return new Clause(when, condition, Action.INSERT, List.of(), true, byName);
        }
        if (cursor.accept("DEFAULT", "VALUES")) {
            return new Clause(when, condition, Action.INSERT, List.of(), false, false);
        }
        List<String> columns = cursor.sees('(') ? cursor.names("the name of a column") : List.of();
        cursor.expect("VALUES");
        cursor.expect('(');
        List<Assignment> assignments = new ArrayList<>();
        do {
            int first = cursor.place();
            int at = assignments.size();
            if (!columns.isEmpty() && at >= columns.size()) {
                throw cursor.unexpected("the end of the values, since there are no more columns,");
            }
            assignments.add(new Assignment(
                    columns.isEmpty() ? List.of() : List.of(columns.get(at)), names.offset(first), value()));
        } while (cursor.accept(','));
        if (assignments.size() < columns.size()) {
            throw cursor.unexpected("a value for the column " + columns.get(assignments.size()));
        }
        cursor.expect(')');
        return new Clause(when, condition, Action.INSERT, assignments, false, false);
    }
}
