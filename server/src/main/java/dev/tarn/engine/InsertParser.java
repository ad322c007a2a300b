package dev.tarn.engine;

import dev.tarn.catalog.DefaultValue;
import dev.tarn.catalog.Overwritten;
import dev.tarn.catalog.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows INSERT. */
final class InsertParser {
    /** Iceberg's name of what Spark writes behind WITH. */
    private static final String MODE = "overwrite-mode";

    private final TokenCursor cursor;
    private final ClauseParser clauses;
    private final Defaults defaults;
    private Statement.@Nullable Query source;

    InsertParser(TokenCursor cursor, Defaults defaults) {
        this.cursor = cursor;
        this.clauses = new ClauseParser(cursor);
        this.defaults = defaults;
    }

    /**
     * An INSERT with common table expressions before it. The engine reads them as if they stood before its query: blanks stand for
     * what is between, so that every place of an error stays what it was.
     *
     * @param insert the place of the word INSERT
     */
    static Statement.Changing behindCommonTables(String sql, List<SqlToken> tokens, int insert, Defaults defaults) {
        TokenCursor cursor = new TokenCursor(sql, tokens);
        cursor.goTo(insert + 1);
        InsertParser parser = new InsertParser(cursor, defaults);
        Change.Insert change = parser.parse();
        Statement.Query query = parser.source()
                .orElseThrow(() -> cursor.failed("DEFAULT VALUES has no query that WITH could stand before"));
        StringBuilder text = new StringBuilder(sql.substring(0, tokens.getLast().end()));
        blank(text, 0, tokens.getFirst().offset());
        blank(text, tokens.get(insert).offset(), query.offset());
        SqlLexer.first(sql.substring(query.offset()))
                .filter(first -> first.isWord("WITH"))
                .ifPresent(first -> {
                    // One list of them, in the order that they are written in.
                    blank(text, query.offset(), query.offset() + first.end());
                    text.setCharAt(query.offset(), ',');
                });
        String whole = text.toString();
        return new Statement.Changing(change, Optional.of(StatementParser.query(whole, SqlLexer.tokens(whole), 0)));
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }

    /** The query that the rows come from. */
    Optional<Statement.Query> source() {
        return Optional.ofNullable(source);
    }

    Change.Insert parse() {
        boolean overwrite = cursor.accept("OVERWRITE");
        if (!overwrite) {
            cursor.expect("INTO");
        }
        cursor.accept("TABLE");
        TableName table = TableName.of(cursor.path("the name of a table"), defaults.namespace());
        Optional<String> mode = mode(overwrite);
        boolean partitioned = cursor.accept("PARTITION");
        Change.InsertPartition partition = partitioned ? partition() : Change.InsertPartition.NONE;
        if (overwrite && mode.isEmpty() && partitioned && partition.fixed().isEmpty()) {
            throw cursor.refused(
                    "Say which rows go: all of them without PARTITION, those of one partition with a value, as PARTITION (p = 1), or those of the partitions that the new rows are in with WITH ('overwrite-mode' = 'dynamic') behind the table's name");
        }
        Optional<Overwritten> overwritten = overwrite ? Optional.of(overwritten(mode, partition)) : Optional.empty();
        Optional<List<String>> columns = Optional.empty();
        if (cursor.sees('(') && !cursor.seesQuery()) {
            columns = Optional.of(cursor.names("the name of a column"));
        }
        boolean byName = cursor.accept("BY", "NAME");
        if (byName && columns.isPresent()) {
            throw cursor.unexpected("BY NAME or a list of columns, and not both, and then a query");
        }
        if (byName && partitioned) {
            throw cursor.notServed("BY NAME with PARTITION");
        }
        boolean onlyDefaults = !byName && columns.isEmpty() && cursor.accept("DEFAULT", "VALUES");
        source = onlyDefaults ? null : cursor.query();
        return new Change.Insert(table, columns, byName, partition, overwritten, onlyDefaults);
    }

    private Optional<String> mode(boolean overwrite) {
        if (!cursor.acceptWithProperties()) {
            return Optional.empty();
        }
        Map<String, String> options = clauses.properties();
        String mode = options.getOrDefault(MODE, "").toLowerCase(Locale.ROOT);
        if (!overwrite || options.size() != 1 || !(mode.equals("dynamic") || mode.equals("static"))) {
            throw cursor.wrongBehind(
                    "WITH of INSERT knows one option, that of INSERT OVERWRITE: ('overwrite-mode' = 'dynamic'), which replaces the partitions that the new rows are in, or 'static'");
        }
        return Optional.of(mode);
    }

    private static Overwritten overwritten(Optional<String> mode, Change.InsertPartition partition) {
        if (mode.filter("dynamic"::equals).isPresent()) {
            return new Overwritten.Touched();
        }
        return partition.fixed().isEmpty() ? Overwritten.ALL : new Overwritten.Where(partition.fixed());
    }

    private Change.InsertPartition partition() {
        Map<String, Optional<DefaultValue>> fixed = new LinkedHashMap<>();
        List<String> named = new ArrayList<>();
        cursor.expect('(');
        do {
            String column = cursor.name("the name of a column");
            boolean known = fixed.containsKey(column) || named.contains(column);
            if (known) {
                throw cursor.wrongBehind("The column %s is named twice".formatted(column));
            }
            if (cursor.accept('=')) {
                fixed.put(column, clauses.defaultValue());
            } else {
                named.add(column);
            }
        } while (cursor.accept(','));
        cursor.expect(')');
        return new Change.InsertPartition(fixed, named);
    }
}
