package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the outer grammar: which kind of statement it is, and the parts of those that DuckDB does not know. */
final class StatementParser {
    private static final Set<String> QUERY_WORDS = Set.of("SELECT", "WITH", "FROM", "VALUES", "TABLE");

    private static final Set<String> CHANGE_WORDS =
            Set.of("INSERT", "CREATE", "DROP", "UNDROP", "ALTER", "TRUNCATE", "COMMENT", "DELETE", "UPDATE", "MERGE");

    private final String sql;
    private final List<SqlToken> tokens;
    private final Defaults defaults;
    private int at;

    private StatementParser(String sql, Defaults defaults) {
        this.sql = sql;
        this.tokens = withoutLastSemicolon(SqlLexer.tokens(sql));
        this.defaults = defaults;
    }

    static Statement parse(String sql, Defaults defaults) {
        return new StatementParser(sql, defaults).statement();
    }

    /** Whether it begins as a statement that writes does. */
    static boolean changes(String sql) {
        Optional<SqlToken> first = SqlLexer.first(sql).filter(token -> token.kind() == SqlToken.Kind.WORD);
        return first.filter(token -> CHANGE_WORDS.contains(token.text().toUpperCase(Locale.ROOT)))
                        .isPresent()
                || first.filter(token -> token.isWord("WITH")
                                && RowClausesParser.behindCommonTables(withoutLastSemicolon(SqlLexer.tokens(sql)))
                                        .sees("DELETE", "UPDATE", "MERGE", "INSERT"))
                        .isPresent();
    }

    private static List<SqlToken> withoutLastSemicolon(List<SqlToken> tokens) {
        int end = tokens.size();
        while (end > 0 && tokens.get(end - 1).isSymbol(';')) {
            end--;
        }
        return tokens.subList(0, end);
    }

    private Statement statement() {
        if (tokens.isEmpty()) {
            throw new TarnException(ErrorCode.SYNTAX_ERROR, "The statement is empty");
        }
        for (SqlToken token : tokens) {
            if (token.isSymbol(';')) {
                throw at(
                        token,
                        ErrorCode.STATEMENT_NOT_ALLOWED,
                        "Only one statement can be run at a time; send each in a request of its own");
            }
        }
        SqlToken first = tokens.get(0);
        if (RowClausesParser.begins(tokens)) {
            return RowClausesParser.parse(sql, tokens, defaults);
        }
        if (first.isWord("WITH")) {
            TokenCursor behind = RowClausesParser.behindCommonTables(tokens);
            if (behind.sees("INSERT")) {
                return InsertParser.behindCommonTables(sql, tokens, behind.place(), defaults);
            }
        }
        if (first.isSymbol('(') || isQueryWord(first)) {
            return query(0);
        }
        return switch (first.kind() == SqlToken.Kind.WORD ? first.text().toUpperCase(Locale.ROOT) : "") {
            case "EXPLAIN" -> explain();
            case "DESCRIBE", "DESC" -> describe();
            case "SHOW" -> show();
            case "INSERT", "CREATE", "DROP", "UNDROP", "ALTER", "TRUNCATE", "COMMENT" ->
                ChangeParser.parse(new TokenCursor(sql, tokens), defaults);
            case "BEGIN" ->
                throw at(
                        first,
                        ErrorCode.STATEMENT_NOT_ALLOWED,
                        "Several statements between BEGIN and COMMIT can be sent to /v1/sql/submit; what is executed is one statement");
            default ->
                throw at(
                        first,
                        ErrorCode.STATEMENT_NOT_ALLOWED,
                        "A statement cannot begin with %s: this server runs SELECT, INSERT, UPDATE, DELETE, MERGE, CREATE, DROP, ALTER, TRUNCATE, COMMENT, SHOW, DESCRIBE and EXPLAIN"
                                .formatted(shown(first)));
        };
    }

    private static boolean isQueryWord(SqlToken token) {
        return token.kind() == SqlToken.Kind.WORD
                && QUERY_WORDS.contains(token.text().toUpperCase(Locale.ROOT));
    }

    private Statement.Query query(int index) {
        return query(sql, tokens, index);
    }

    /** All from a token on, as a query. */
    static Statement.Query query(String sql, List<SqlToken> tokens, int index) {
        int start = tokens.get(index).offset();
        String text = sql.substring(start, tokens.getLast().end());
        boolean mayTravel = tokens.stream().anyMatch(token -> token.isWord("OF"));
        VersionClauses found =
                mayTravel ? VersionClauses.of(text, SqlLexer.tokens(text)) : new VersionClauses(text, List.of());
        return new Statement.Query(found.sql(), start, found.clauses());
    }

    private Statement explain() {
        at = 1;
        SqlToken next = needed("a query");
        if (!next.isSymbol('(') && !isQueryWord(next)) {
            throw at(next, ErrorCode.STATEMENT_NOT_ALLOWED, "EXPLAIN takes a query: EXPLAIN SELECT ...");
        }
        if (next.isSymbol('(') && !isSubquery(1)) {
            throw at(next, ErrorCode.STATEMENT_NOT_ALLOWED, "EXPLAIN takes no options: EXPLAIN SELECT ...");
        }
        return new Statement.Explain(query(1));
    }

    private boolean isSubquery(int index) {
        return isQuery(tokens, index);
    }

    /** Whether a query stands there, in brackets or without. */
    static boolean isQuery(List<SqlToken> tokens, int index) {
        int next = index;
        while (next < tokens.size() && tokens.get(next).isSymbol('(')) {
            next++;
        }
        return next < tokens.size() && isQueryWord(tokens.get(next));
    }

    private Statement describe() {
        at = 1;
        SqlToken next = needed("a table or a query");
        boolean table = next.isWord("TABLE") && tokens.size() > 2;
        if (!table && (isQueryWord(next) || (next.isSymbol('(') && isSubquery(1)))) {
            return new Statement.DescribeQuery(query(1));
        }
        at = table ? 2 : 1;
        return describeTable();
    }

    private Statement.DescribeTable describeTable() {
        SqlToken first = needed("a table");
        Statement.DescribeTable described = new Statement.DescribeTable(nameText(first), first.offset());
        end();
        return described;
    }

    private Statement show() {
        at = 1;
        SqlToken what = needed("TABLES, SCHEMAS or COLUMNS");
        at++;
        return switch (what.text().toUpperCase(Locale.ROOT)) {
            case "TABLES", "VIEWS" -> {
                String namespace = accept("IN", "FROM") ? nameText(needed("a namespace")) : null;
                yield new Statement.ShowTables(namespace, pattern(), what.isWord("VIEWS"));
            }
            case "SCHEMAS", "DATABASES", "NAMESPACES" -> new Statement.ShowNamespaces(pattern());
            case "COLUMNS" -> {
                if (!accept("IN", "FROM")) {
                    throw at(what, ErrorCode.SYNTAX_ERROR, "SHOW COLUMNS needs a table: SHOW COLUMNS IN shop.orders");
                }
                yield describeTable();
            }
            case "FUNCTIONS" -> new Statement.ShowFunctions(pattern());
            case "DROPPED" -> {
                if (!accept("TABLES")) {
                    throw at(what, ErrorCode.SYNTAX_ERROR, "SHOW DROPPED needs TABLES: SHOW DROPPED TABLES");
                }
                end();
                yield new Statement.ShowDroppedTables();
            }
            case "TBLPROPERTIES" -> new Statement.ShowProperties(onlyName());
            case "CREATE" -> {
                if (!accept("TABLE", "VIEW")) {
                    throw at(what, ErrorCode.SYNTAX_ERROR, "SHOW CREATE needs a table: SHOW CREATE TABLE shop.orders");
                }
                yield new Statement.ShowCreateTable(onlyName());
            }
            default ->
                throw at(
                        what,
                        ErrorCode.STATEMENT_NOT_ALLOWED,
                        "SHOW knows TABLES, VIEWS, SCHEMAS, COLUMNS, CREATE TABLE, TBLPROPERTIES and FUNCTIONS, not %s"
                                .formatted(shown(what)));
        };
    }

    private String onlyName() {
        String name = nameText(needed("a table"));
        end();
        return name;
    }

    private @Nullable String pattern() {
        String pattern = null;
        accept("LIKE");
        if (at < tokens.size()) {
            SqlToken text = tokens.get(at);
            if (text.kind() != SqlToken.Kind.STRING) {
                throw at(text, ErrorCode.SYNTAX_ERROR, "LIKE needs a pattern in single quotes, as LIKE 'ord%'");
            }
            pattern = text.text();
            at++;
        }
        end();
        return pattern;
    }

    /** The text of a dotted name from this token on. */
    private String nameText(SqlToken first) {
        int end = at;
        while (end < tokens.size()
                && (tokens.get(end).isName() || tokens.get(end).kind() == SqlToken.Kind.NUMBER)) {
            end++;
            if (end < tokens.size() && tokens.get(end).isSymbol('.')) {
                end++;
            } else {
                break;
            }
        }
        if (end == at) {
            throw at(first, ErrorCode.SYNTAX_ERROR, "A name is needed here, not %s".formatted(shown(first)));
        }
        String text = sql.substring(first.offset(), tokens.get(end - 1).end());
        at = end;
        return text;
    }

    private boolean accept(String... words) {
        if (at < tokens.size()) {
            for (String word : words) {
                if (tokens.get(at).isWord(word)) {
                    at++;
                    return true;
                }
            }
        }
        return false;
    }

    private SqlToken needed(String what) {
        if (at >= tokens.size()) {
            throw new TarnException(ErrorCode.SYNTAX_ERROR, "The statement ends where %s is needed".formatted(what))
                    .at(TextPosition.of(sql, sql.length(), 0));
        }
        return tokens.get(at);
    }

    private void end() {
        if (at < tokens.size()) {
            throw at(
                    tokens.get(at), ErrorCode.SYNTAX_ERROR, "%s is not expected here".formatted(shown(tokens.get(at))));
        }
    }

    private static String shown(SqlToken token) {
        String text = token.text();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    private TarnException at(SqlToken token, ErrorCode code, String message) {
        return new TarnException(code, message).at(TextPosition.of(sql, token.offset(), token.end() - token.offset()));
    }
}
