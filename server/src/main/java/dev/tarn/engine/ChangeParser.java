package dev.tarn.engine;

import dev.tarn.catalog.SchemaEdit;
import dev.tarn.catalog.TableName;
import dev.tarn.engine.Change.ColumnDefinition;
import dev.tarn.engine.Change.Existing;
import dev.tarn.engine.Change.ViewColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the statements that write, in the words that Spark and the SQL standard share. */
final class ChangeParser {
    private static final String[] AFTER_TYPE = {"NOT", "NULL", "COMMENT", "DEFAULT", "FIRST", "AFTER"};

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
        } else if (cursor.accept("TRUNCATE")) {
            cursor.accept("TABLE");
            return new Change.Truncate(table());
        } else if (cursor.accept("ALTER")) {
            if (cursor.accept("VIEW")) {
                return renameView();
            }
            cursor.expect("TABLE");
            return new AlterParser(table()).change();
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
        boolean overwrite = cursor.accept("OVERWRITE");
        if (!overwrite) {
            cursor.expect("INTO");
        }
        cursor.accept("TABLE");
        TableName table = table();
        if (cursor.sees("PARTITION")) {
            throw cursor.notServed("PARTITION of INSERT");
        }
        Optional<List<String>> columns = Optional.empty();
        if (cursor.sees('(') && !cursor.seesQuery()) {
            columns = Optional.of(cursor.names("the name of a column"));
        }
        boolean byName = cursor.accept("BY", "NAME");
        if (byName && columns.isPresent()) {
            throw cursor.unexpected("BY NAME or a list of columns, and not both, and then a query");
        }
        source = cursor.query();
        return new Change.Insert(table, columns, byName, overwrite);
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
        boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
        Existing existing = replace ? Existing.REPLACE : ifNotExists ? Existing.KEEP : Existing.FAIL;
        TableName table = table();
        List<ColumnDefinition> columns = cursor.sees('(') && !cursor.seesQuery() ? definitions() : List.of();
        if (cursor.accept("USING")) {
            cursor.expect("ICEBERG");
        }
        if (cursor.sees("PARTITIONED", "TBLPROPERTIES", "LOCATION", "COMMENT", "CLUSTERED", "OPTIONS", "LIKE")) {
            throw cursor.notServed("This clause of CREATE TABLE");
        }
        if (!columns.isEmpty() && cursor.isAtEnd()) {
            return new Change.CreateTable(table, existing, columns);
        }
        if (!columns.isEmpty()) {
            throw cursor.unexpected("the end of the statement: a table of a query takes its columns from that");
        }
        cursor.expect("AS");
        source = cursor.query();
        return new Change.CreateTableAs(table, existing);
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

    private List<ColumnDefinition> definitions() {
        cursor.expect('(');
        List<ColumnDefinition> columns = new ArrayList<>();
        do {
            columns.add(definition());
        } while (cursor.accept(','));
        cursor.expect(')');
        return columns;
    }

    private ColumnDefinition definition() {
        String name = cursor.name("the name of a column");
        String type = cursor.type(AFTER_TYPE);
        boolean required = false;
        Optional<String> comment = Optional.empty();
        while (cursor.sees("NOT", "NULL", "COMMENT", "DEFAULT")) {
            if (cursor.accept("NOT", "NULL")) {
                required = true;
            } else if (cursor.accept("COMMENT")) {
                comment = Optional.of(cursor.string("a description"));
            } else if (cursor.sees("DEFAULT")) {
                throw cursor.notServed("DEFAULT");
            } else {
                cursor.expect("NULL");
            }
        }
        return new ColumnDefinition(name, type, required, comment);
    }

    private Change drop() {
        if (cursor.accept("SCHEMA") || cursor.accept("NAMESPACE") || cursor.accept("DATABASE")) {
            boolean ifExists = cursor.accept("IF", "EXISTS");
            List<String> levels = namespace();
            if (cursor.sees("CASCADE")) {
                throw cursor.notServed("CASCADE");
            }
            cursor.accept("RESTRICT");
            return new Change.DropNamespace(levels, ifExists);
        }
        if (cursor.accept("VIEW")) {
            boolean ifExists = cursor.accept("IF", "EXISTS");
            return new Change.DropView(TableName.of(cursor.path("the name of a view"), defaults.namespace()), ifExists);
        }
        cursor.expect("TABLE");
        boolean ifExists = cursor.accept("IF", "EXISTS");
        return new Change.DropTable(table(), ifExists);
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

    /** What follows ALTER TABLE and the table's name. */
    private final class AlterParser {
        private final TableName table;

        AlterParser(TableName table) {
            this.table = table;
        }

        Change change() {
            if (cursor.accept("ADD")) {
                return edits(added());
            } else if (cursor.accept("DROP")) {
                return edits(dropped());
            } else if (cursor.accept("RENAME", "TO")) {
                return new Change.RenameTable(table, table());
            } else if (cursor.accept("RENAME")) {
                cursor.accept("COLUMN");
                String column = column();
                cursor.expect("TO");
                return edits(List.of(new SchemaEdit.Rename(column, cursor.name("the new name"))));
            } else if (cursor.accept("ALTER") || cursor.accept("CHANGE")) {
                cursor.accept("COLUMN");
                return altered(column());
            }
            throw cursor.notServed("This form of ALTER TABLE");
        }

        private Change edits(List<SchemaEdit> edits) {
            return new Change.AlterColumns(table, edits);
        }

        /** Parts of nested columns stand behind dots, as Iceberg writes them. */
        private String column() {
            return String.join(".", cursor.path("the name of a column"));
        }

        private List<SchemaEdit> added() {
            boolean several = cursor.accept("COLUMNS");
            cursor.accept("COLUMN");
            List<SchemaEdit> edits = new ArrayList<>();
            boolean brackets = several && cursor.accept('(');
            do {
                edits.addAll(oneAdded());
            } while (brackets && cursor.accept(','));
            if (brackets) {
                cursor.expect(')');
            }
            return edits;
        }

        private List<SchemaEdit> oneAdded() {
            String path = column();
            String type = cursor.type(AFTER_TYPE);
            Optional<String> comment = Optional.empty();
            if (cursor.sees("NOT", "DEFAULT")) {
                throw cursor.notServed("A new column that must have a value, or has a default,");
            }
            if (cursor.accept("COMMENT")) {
                comment = Optional.of(cursor.string("a description"));
            }
            List<SchemaEdit> edits = new ArrayList<>(List.of(new SchemaEdit.Add(path, type, comment)));
            place(path).ifPresent(edits::add);
            return edits;
        }

        private Optional<SchemaEdit> place(String column) {
            if (cursor.accept("FIRST")) {
                return Optional.of(new SchemaEdit.Move(column, Optional.empty()));
            }
            return cursor.accept("AFTER")
                    ? Optional.of(new SchemaEdit.Move(column, Optional.of(column())))
                    : Optional.empty();
        }

        private List<SchemaEdit> dropped() {
            if (!cursor.accept("COLUMNS") && !cursor.accept("COLUMN")) {
                throw cursor.unexpected("COLUMN");
            }
            List<SchemaEdit> edits = new ArrayList<>();
            boolean brackets = cursor.accept('(');
            do {
                edits.add(new SchemaEdit.Drop(column()));
            } while (brackets && cursor.accept(','));
            if (brackets) {
                cursor.expect(')');
            }
            return edits;
        }

        private Change altered(String column) {
            if (cursor.accept("SET", "DATA", "TYPE") || cursor.accept("TYPE")) {
                return edits(List.of(new SchemaEdit.Widen(column, cursor.type(AFTER_TYPE))));
            } else if (cursor.accept("DROP", "NOT", "NULL")) {
                return edits(List.of(new SchemaEdit.Relax(column)));
            } else if (cursor.accept("COMMENT")) {
                return new Change.Describe(table, Optional.of(column), cursor.string("a description"));
            }
            return edits(List.of(place(column).orElseThrow(() -> cursor.notServed("This change of a column"))));
        }
    }
}
