package dev.tarn.engine;

import dev.tarn.catalog.DefaultValue;
import dev.tarn.catalog.NewColumn;
import dev.tarn.catalog.Overwritten;
import dev.tarn.catalog.SchemaEdit;
import dev.tarn.catalog.TableEdit;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a statement that writes asks for. A query that it takes its rows from stands in the same text. */
public sealed interface Change {

    /**
     * What a new table is beside its columns.
     *
     * @param properties its description among them
     */
    record Traits(TableShape shape, Map<String, String> properties) {
        public Traits {
            properties = Map.copyOf(properties);
        }
    }

    /** What happens when there is such a table already. */
    enum Existing {
        FAIL,
        KEEP,
        REPLACE
    }

    /** Makes a table without rows. */
    record CreateTable(TableName table, Existing existing, List<NewColumn> columns, Traits traits) implements Change {
        public CreateTable {
            columns = List.copyOf(columns);
        }
    }

    /** Makes a table of a query's rows. */
    record CreateTableAs(TableName table, Existing existing, Traits traits) implements Change {}

    /** Makes a table without rows that is in all else like another. */
    record CreateTableLike(TableName table, Existing existing, TableName like, Map<String, String> properties)
            implements Change {
        public CreateTableLike {
            properties = Map.copyOf(properties);
        }
    }

    /**
     * Adds a query's rows.
     *
     * @param columns the table's columns that the query's are, by their places; all of them when absent
     * @param byName the query's columns say by their names which they are
     * @param partition what is said of columns that partition the table
     * @param overwritten which rows go, when some do
     * @param onlyDefaults there is no query, and one row with what columns have by default
     */
    record Insert(
            TableName table,
            Optional<List<String>> columns,
            boolean byName,
            InsertPartition partition,
            Optional<Overwritten> overwritten,
            boolean onlyDefaults)
            implements Change {
        public Insert {
            columns = columns.map(List::copyOf);
        }
    }

    /**
     * What PARTITION says.
     *
     * @param fixed columns that have one value in all of the rows, empty for NULL; the query has none for them
     * @param named others, which the query has values for
     */
    record InsertPartition(Map<String, Optional<DefaultValue>> fixed, List<String> named) {
        static final InsertPartition NONE = new InsertPartition(Map.of(), List.of());

        public InsertPartition {
            fixed = Map.copyOf(fixed);
            named = List.copyOf(named);
        }
    }

    /** Changes rows, deletes some, or adds some; which, and to what, stands in the same text. */
    record ChangeRows(TableName table, RowVerb verb) implements Change {}

    /** What a statement that changes rows begins with. */
    enum RowVerb {
        DELETE,
        UPDATE,
        MERGE
    }

    /** Removes all rows; the table stays. */
    record Truncate(TableName table) implements Change {}

    /** {@code purge}: it cannot be brought back. */
    record DropTable(TableName table, boolean ifExists, boolean purge) implements Change {}

    /** Brings a dropped table back, under another name when one is given. */
    record UndropTable(TableName table, Optional<TableName> wanted) implements Change {}

    record RenameTable(TableName table, TableName target) implements Change {}

    /** Changes what the table is beside its columns, in one commit. */
    record AlterTable(TableName table, TableEdit edit) implements Change {}

    /** Changes columns, in one commit. */
    record AlterColumns(TableName table, List<SchemaEdit> edits) implements Change {
        public AlterColumns {
            edits = List.copyOf(edits);
        }
    }

    /**
     * Says something about a table or a column.
     *
     * @param column the table itself when absent
     * @param text empty to remove what was said
     */
    record Describe(TableName table, Optional<String> column, String text) implements Change {}

    /**
     * Makes a view of a query.
     *
     * @param sql the query as it was written
     * @param columns its columns' names, the query's own when there are none
     */
    record CreateView(TableName view, Existing existing, List<ViewColumn> columns, Optional<String> comment, String sql)
            implements Change {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    /** A column of a view. */
    record ViewColumn(String name, Optional<String> comment) {}

    record DropView(TableName view, boolean ifExists) implements Change {}

    record RenameView(TableName view, TableName target) implements Change {}

    record CreateNamespace(List<String> levels, boolean ifNotExists) implements Change {
        public CreateNamespace {
            levels = List.copyOf(levels);
        }
    }

    /** {@code cascade}: with all that is inside. */
    record DropNamespace(List<String> levels, boolean ifExists, boolean cascade) implements Change {
        public DropNamespace {
            levels = List.copyOf(levels);
        }
    }
}
