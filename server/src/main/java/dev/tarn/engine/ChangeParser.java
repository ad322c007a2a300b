package dev.tarn.engine;

import dev.tarn.catalog.TableName;
import dev.tarn.engine.Change.Existing;
import dev.tarn.engine.Change.ViewColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the statements that write, in the words that Spark and the SQL standard share. */
final class ChangeParser {
    private final TokenCursor cursor;
    private final Defaults defaults;
    private Statement.@Nullable Query source;

    private ChangeParser(TokenCursor cursor, Defaults defaults) {
        this.cursor = cursor;
        this.defaults = defaults;
    }

    static Statement.Changing parse(TokenCursor cursor, Defaults defaults) {
        ChangeParser parser = new ChangeParser(cursor, defaults);
        Change change = parser.change();
        cursor.end();
        return new Statement.Changing(change, Optional.ofNullable(parser.source));
    }

    private Change change() {
        if (cursor.accept("INSERT")) {
            return insert();
        } else if (cursor.accept("CREATE")) {
            return create();
        } else if (cursor.accept("DROP")) {
            return drop();
        } else if (cursor.accept("UNDROP")) {
            cursor.expect("TABLE");
            TableName table = table();
            return new Change.UndropTable(table, cursor.accept("AS") ? Optional.of(table()) : Optional.empty());
        } else if (cursor.accept("TRUNCATE")) {
            cursor.accept("TABLE");
            return new Change.Truncate(table());
        } else if (cursor.accept("ALTER")) {
            if (cursor.accept("VIEW")) {
                return renameView();
            }
            cursor.expect("TABLE");
            return new AlterTableParser(cursor, defaults, table()).change();
        }
        cursor.expect("COMMENT");
        return comment();
    }

    private TableName table() {
        return TableName.of(cursor.path("the name of a table"), defaults.namespace());
    }

    private List<String> namespace() {
        List<String> path = cursor.path("the name of a schema");
        return path.size() > 1 && TableName.isCatalog(path.getFirst()) ? path.subList(1, path.size()) : path;
    }

    private Change insert() {
        InsertParser parser = new InsertParser(cursor, defaults);
        Change.Insert insert = parser.parse();
        source = parser.source().orElse(null);
        return insert;
    }

    private Change create() {
        boolean replace = cursor.accept("OR", "REPLACE");
        if (!replace && (cursor.accept("SCHEMA") || cursor.accept("NAMESPACE") || cursor.accept("DATABASE"))) {
            boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
            return new Change.CreateNamespace(namespace(), ifNotExists);
        }
        if (cursor.accept("VIEW")) {
            return createView(replace);
        }
        if (cursor.sees("TEMP", "TEMPORARY", "MACRO", "FUNCTION", "INDEX", "SEQUENCE", "TYPE", "SECRET")) {
            throw cursor.notServed("CREATE of anything but tables, views and schemas");
        }
        cursor.expect("TABLE");
        CreateTableParser parser = new CreateTableParser(cursor, defaults);
        Change change = parser.parse(replace);
        source = parser.source().orElse(null);
        return change;
    }

    private Change createView(boolean replace) {
        boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
        Existing existing = replace ? Existing.REPLACE : ifNotExists ? Existing.KEEP : Existing.FAIL;
        TableName view = TableName.of(cursor.path("the name of a view"), defaults.namespace());
        List<ViewColumn> columns = new ArrayList<>();
        if (cursor.accept('(')) {
            do {
                columns.add(new ViewColumn(cursor.name("the name of a column"), said()));
            } while (cursor.accept(','));
            cursor.expect(')');
        }
        Optional<String> comment = said();
        if (cursor.sees("TBLPROPERTIES", "WITH")) {
            throw cursor.notServed("This clause of CREATE VIEW");
        }
        cursor.expect("AS");
        String text = cursor.rest();
        source = cursor.query();
        return new Change.CreateView(view, existing, columns, comment, text);
    }

    private Optional<String> said() {
        return cursor.accept("COMMENT") ? Optional.of(cursor.string("a description")) : Optional.empty();
    }

    private Change renameView() {
        TableName view = TableName.of(cursor.path("the name of a view"), defaults.namespace());
        if (!cursor.accept("RENAME", "TO")) {
            throw cursor.notServed("This form of ALTER VIEW");
        }
        return new Change.RenameView(view, table());
    }

    private Change drop() {
        if (cursor.accept("SCHEMA") || cursor.accept("NAMESPACE") || cursor.accept("DATABASE")) {
            boolean ifExists = cursor.accept("IF", "EXISTS");
            List<String> levels = namespace();
            boolean cascade = !cursor.accept("RESTRICT") && cursor.accept("CASCADE");
            return new Change.DropNamespace(levels, ifExists, cascade);
        }
        if (cursor.accept("VIEW")) {
            boolean ifExists = cursor.accept("IF", "EXISTS");
            return new Change.DropView(TableName.of(cursor.path("the name of a view"), defaults.namespace()), ifExists);
        }
        cursor.expect("TABLE");
        boolean ifExists = cursor.accept("IF", "EXISTS");
        TableName table = table();
        return new Change.DropTable(table, ifExists, cursor.accept("PURGE"));
    }

    private Change comment() {
        cursor.expect("ON");
        boolean ofColumn = cursor.accept("COLUMN");
        if (!ofColumn) {
            cursor.expect("TABLE");
        }
        List<String> path = cursor.path("a name");
        if (ofColumn && path.size() < 2) {
            throw cursor.unexpected("the column's table before it, as table.column");
        }
        cursor.expect("IS");
        String text = cursor.accept("NULL") ? "" : cursor.string("a description");
        TableName table = TableName.of(ofColumn ? path.subList(0, path.size() - 1) : path, defaults.namespace());
        return new Change.Describe(table, ofColumn ? Optional.of(path.getLast()) : Optional.empty(), text);
    }
}
