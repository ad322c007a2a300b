package dev.tarn.engine;

import dev.tarn.catalog.SchemaEdit;
import dev.tarn.catalog.TableEdit;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableShape;
import dev.tarn.engine.CreateTableParser.ColumnTraits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What follows ALTER TABLE and the table's name. */
final class AlterTableParser {
    private final TokenCursor cursor;
    private final ClauseParser clauses;
    private final Defaults defaults;
    private final TableName table;

    AlterTableParser(TokenCursor cursor, Defaults defaults, TableName table) {
        this.cursor = cursor;
        this.clauses = new ClauseParser(cursor);
        this.defaults = defaults;
        this.table = table;
    }

    Change change() {
        if (cursor.accept("ADD", "PARTITION", "FIELD")) {
            return edit(new TableEdit.AddPartition(partition()));
        } else if (cursor.accept("ADD")) {
            return columns(added());
        } else if (cursor.accept("DROP", "PARTITION", "FIELD")) {
            return edit(new TableEdit.DropPartition(clauses.transform()));
        } else if (cursor.accept("REPLACE", "PARTITION", "FIELD")) {
            TableShape.Transform old = clauses.transform();
            cursor.expect("WITH");
            return edit(new TableEdit.ReplacePartition(old, partition()));
        } else if (cursor.sees("CREATE", "REPLACE")) {
            return reference();
        } else if (cursor.accept("DROP", "TAG") || cursor.accept("DROP", "BRANCH")) {
            boolean tag = cursor.behind("TAG");
            boolean ifExists = cursor.accept("IF", "EXISTS");
            return edit(new TableEdit.DropReference(tag, cursor.name("a name"), ifExists));
        } else if (cursor.accept("DROP")) {
            return columns(dropped());
        } else if (cursor.accept("RENAME", "TO")) {
            return new Change.RenameTable(
                    table, TableName.of(cursor.path("the name of a table"), defaults.namespace()));
        } else if (cursor.accept("RENAME")) {
            cursor.accept("COLUMN");
            String column = column();
            cursor.expect("TO");
            return columns(List.of(new SchemaEdit.Rename(column, cursor.name("the new name"))));
        } else if (cursor.accept("ALTER") || cursor.accept("CHANGE")) {
            cursor.accept("COLUMN");
            return altered(column());
        } else if (cursor.accept("SET", "TBLPROPERTIES")) {
            return edit(new TableEdit.SetProperties(clauses.properties()));
        } else if (cursor.accept("UNSET", "TBLPROPERTIES")) {
            cursor.accept("IF", "EXISTS");
            return edit(new TableEdit.UnsetProperties(clauses.propertyNames()));
        } else if (cursor.accept("WRITE")) {
            return order();
        }
        throw cursor.notServed("This form of ALTER TABLE");
    }

    private Change edit(TableEdit edit) {
        return new Change.AlterTable(table, edit);
    }

    private Change columns(List<SchemaEdit> edits) {
        return new Change.AlterColumns(table, edits);
    }

    private TableShape.Partition partition() {
        TableShape.Transform transform = clauses.transform();
        return new TableShape.Partition(
                transform,
                cursor.accept("AS") ? Optional.of(cursor.name("the name of the partition field")) : Optional.empty());
    }

    /** Spark's three: how rows are spread over writers says nothing here, where one writer has them all. */
    private Change order() {
        boolean distributed = cursor.accept("DISTRIBUTED", "BY", "PARTITION");
        boolean locally = cursor.accept("LOCALLY");
        Optional<List<TableShape.Sort>> order = Optional.empty();
        if (!locally && cursor.accept("UNORDERED")) {
            order = Optional.of(List.of());
        } else if (cursor.accept("ORDERED", "BY")) {
            order = Optional.of(clauses.order());
        } else if (!distributed || locally) {
            throw cursor.unexpected("ORDERED BY, UNORDERED or DISTRIBUTED BY PARTITION");
        }
        String distribution =
                distributed ? "hash" : locally || order.orElseThrow().isEmpty() ? "none" : "range";
        return edit(new TableEdit.Order(order.orElse(List.of()), distribution));
    }

    private Change reference() {
        boolean create = cursor.accept("CREATE");
        boolean replace = create ? cursor.accept("OR", "REPLACE") : cursor.accept("REPLACE");
        boolean tag = cursor.accept("TAG");
        if (!tag) {
            cursor.expect("BRANCH");
        }
        boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
        String name = cursor.name("a name");
        OptionalLong version = OptionalLong.empty();
        if (cursor.accept("AS", "OF", "VERSION")) {
            version = OptionalLong.of(cursor.number("the id of a snapshot"));
        }
        Optional<Duration> retain = cursor.accept("RETAIN") ? Optional.of(duration()) : Optional.empty();
        OptionalInt snapshots = OptionalInt.empty();
        Optional<Duration> age = Optional.empty();
        if (!tag && cursor.accept("WITH", "SNAPSHOT", "RETENTION")) {
            if (cursor.seesNumber() && cursor.wordBehindNumber("SNAPSHOTS")) {
                snapshots = OptionalInt.of((int) Math.min(Integer.MAX_VALUE, cursor.number("a number")));
                cursor.expect("SNAPSHOTS");
            }
            if (cursor.seesNumber()) {
                age = Optional.of(duration());
            }
        }
        TableEdit.Existing existing = !create
                ? TableEdit.Existing.REQUIRED
                : replace
                        ? TableEdit.Existing.REPLACED
                        : ifNotExists ? TableEdit.Existing.KEPT : TableEdit.Existing.REFUSED;
        return edit(new TableEdit.SetReference(tag, name, existing, version, retain, snapshots, age));
    }

    private Duration duration() {
        long count = cursor.number("a number");
        if (count < 1 || count > 100_000) {
            throw cursor.wrongBehind("A time to keep must be from 1 to 100000");
        }
        if (cursor.accept("DAYS") || cursor.accept("DAY")) {
            return Duration.ofDays(count);
        } else if (cursor.accept("HOURS") || cursor.accept("HOUR")) {
            return Duration.ofHours(count);
        } else if (cursor.accept("MINUTES") || cursor.accept("MINUTE")) {
            return Duration.ofMinutes(count);
        }
        throw cursor.unexpected("DAYS, HOURS or MINUTES");
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
            String path = column();
            String type = cursor.type(CreateTableParser.AFTER_TYPE);
            ColumnTraits traits = ColumnTraits.read(cursor, clauses);
            edits.add(new SchemaEdit.Add(path, type, traits.comment(), traits.required(), traits.missing()));
            place(path).ifPresent(edits::add);
        } while (brackets && cursor.accept(','));
        if (brackets) {
            cursor.expect(')');
        }
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
            return columns(List.of(new SchemaEdit.Widen(column, cursor.type(CreateTableParser.AFTER_TYPE))));
        } else if (cursor.accept("DROP", "NOT", "NULL")) {
            return columns(List.of(new SchemaEdit.Relax(column)));
        } else if (cursor.accept("SET", "NOT", "NULL")) {
            return columns(List.of(new SchemaEdit.Require(column)));
        } else if (cursor.accept("SET", "DEFAULT")) {
            return columns(List.of(new SchemaEdit.Default(column, clauses.defaultValue())));
        } else if (cursor.accept("DROP", "DEFAULT")) {
            return columns(List.of(new SchemaEdit.Default(column, Optional.empty())));
        } else if (cursor.accept("COMMENT")) {
            String text = cursor.string("a description");
            return column.contains(".")
                    ? columns(List.of(new SchemaEdit.Comment(column, text)))
                    : new Change.Describe(table, Optional.of(column), text);
        }
        return columns(List.of(place(column).orElseThrow(() -> cursor.notServed("This change of a column"))));
    }
}
