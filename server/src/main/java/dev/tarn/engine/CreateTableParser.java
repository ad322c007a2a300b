package dev.tarn.engine;

import dev.tarn.catalog.DefaultValue;
import dev.tarn.catalog.NewColumn;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableShape;
import dev.tarn.engine.Change.Existing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows CREATE TABLE. */
final class CreateTableParser {
    static final String[] AFTER_TYPE = {"NOT", "NULL", "COMMENT", "DEFAULT", "FIRST", "AFTER"};

    private final TokenCursor cursor;
    private final ClauseParser clauses;
    private final Defaults defaults;
    private List<TableShape.Partition> partitioning = List.of();
    private List<TableShape.Sort> order = List.of();
    private final Map<String, String> properties = new HashMap<>();
    private Statement.@Nullable Query source;

    CreateTableParser(TokenCursor cursor, Defaults defaults) {
        this.cursor = cursor;
        this.clauses = new ClauseParser(cursor);
        this.defaults = defaults;
    }

    /** The query that the table is made of. */
    Optional<Statement.Query> source() {
        return Optional.ofNullable(source);
    }

    Change parse(boolean replace) {
        boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
        Existing existing = replace ? Existing.REPLACE : ifNotExists ? Existing.KEEP : Existing.FAIL;
        TableName table = table();
        if (cursor.accept("LIKE")) {
            TableName like = table();
            readClauses();
            if (!partitioning.isEmpty() || !order.isEmpty()) {
                throw cursor.unexpected("properties or nothing: the partitioning is that of the other table");
            }
            return new Change.CreateTableLike(table, existing, like, Map.copyOf(properties));
        }
        List<NewColumn> columns = cursor.sees('(') && !cursor.seesQuery() ? definitions() : List.of();
        readClauses();
        Change.Traits traits = new Change.Traits(new TableShape(partitioning, order), properties);
        if (!columns.isEmpty() && cursor.isAtEnd()) {
            return new Change.CreateTable(table, existing, columns, traits);
        }
        if (!columns.isEmpty()) {
            throw cursor.unexpected("the end of the statement: a table of a query takes its columns from that");
        }
        cursor.expect("AS");
        source = cursor.query();
        return new Change.CreateTableAs(table, existing, traits);
    }

    private TableName table() {
        return TableName.of(cursor.path("the name of a table"), defaults.namespace());
    }

    private void readClauses() {
        while (true) {
            if (cursor.accept("USING")) {
                cursor.expect("ICEBERG");
            } else if (cursor.accept("PARTITIONED", "BY")) {
                partitioning = clauses.partitioning();
            } else if (cursor.accept("SORTED", "BY") || cursor.accept("ORDERED", "BY")) {
                order = clauses.order();
            } else if (cursor.accept("COMMENT")) {
                properties.put("comment", cursor.string("a description"));
            } else if (cursor.accept("TBLPROPERTIES") || cursor.acceptWithProperties()) {
                properties.putAll(clauses.properties());
            } else if (cursor.sees("LOCATION")) {
                throw cursor.refused("LOCATION is not allowed: where a table's files are is the server's business");
            } else if (cursor.sees("CLUSTERED", "OPTIONS", "STORED", "ROW", "SKEWED", "CLUSTER")) {
                throw cursor.notServed("This clause of CREATE TABLE");
            } else {
                return;
            }
        }
    }

    private List<NewColumn> definitions() {
        cursor.expect('(');
        List<NewColumn> columns = new ArrayList<>();
        do {
            columns.add(definition());
        } while (cursor.accept(','));
        cursor.expect(')');
        return columns;
    }

    private NewColumn definition() {
        String name = cursor.name("the name of a column");
        String type = cursor.type(AFTER_TYPE);
        ColumnTraits traits = ColumnTraits.read(cursor, clauses);
        return new NewColumn(name, type, traits.required(), traits.comment(), traits.missing());
    }

    /** What may follow a column's type, in any order. */
    record ColumnTraits(boolean required, Optional<String> comment, Optional<DefaultValue> missing) {
        static ColumnTraits read(TokenCursor cursor, ClauseParser clauses) {
            boolean required = false;
            Optional<String> comment = Optional.empty();
            Optional<DefaultValue> missing = Optional.empty();
            while (cursor.sees("NOT", "NULL", "COMMENT", "DEFAULT")) {
                if (cursor.accept("NOT", "NULL")) {
                    required = true;
                } else if (cursor.accept("COMMENT")) {
                    comment = Optional.of(cursor.string("a description"));
                } else if (cursor.accept("DEFAULT")) {
                    missing = clauses.defaultValue();
                } else {
                    cursor.expect("NULL");
                }
            }
            return new ColumnTraits(required, comment, missing);
        }
    }
}
