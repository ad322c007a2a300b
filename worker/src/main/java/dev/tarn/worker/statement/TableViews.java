package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes the tables of a statement appear in an instance under their own names, and nothing else readable. */
final class TableViews {
    private TableViews() {}

    /** {@code writable}: paths beside the tables' files that stay open. */
    static void create(Instance instance, Query query, List<String> writable) throws TaskFailedException, SQLException {
        Set<String> catalogs = new LinkedHashSet<>();
        Set<String> schemas = new LinkedHashSet<>();
        catalogs.add(query.catalog());
        schemas.add(qualified(query.catalog(), query.schema()));
        for (TableSource table : query.tables()) {
            catalogs.add(table.catalog());
            schemas.add(qualified(table.catalog(), table.schema()));
        }
        for (String catalog : catalogs) {
            instance.execute("ATTACH ':memory:' AS " + Sql.name(catalog));
        }
        for (String schema : schemas) {
            instance.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        }
        for (TableSource table : query.tables()) {
            createView(instance, table, query);
            readFooters(instance, table);
        }
        List<String> open = new ArrayList<>(writable);
        query.tables().forEach(table -> open.addAll(allPaths(table)));
        instance.fence(open);
    }

    private static void createView(Instance instance, TableSource table, Query query)
            throws TaskFailedException, SQLException {
        String name = qualified(table.catalog(), table.schema()) + '.' + Sql.name(table.name());
        if (table.query().isPresent()) {
            new NamedQuery(table, table.query().get(), query).create(instance, name);
            return;
        }
        String rows = FileRows.select(instance, table, PlaceColumns.of(table));
        if (table.visible().isEmpty()) {
            instance.execute("CREATE VIEW " + name + " AS " + rows);
            return;
        }
        VisibleRows visible = new VisibleRows(table, table.visible().get());
        if (visible.isAmbiguous()) {
            throw new TaskFailedException(HiddenValues.unfit(table));
        }
        try {
            instance.execute("CREATE SECURE VIEW " + name + " AS " + visible.of(rows, PlaceColumns.names(table)));
        } catch (SQLException e) {
            throw new TaskFailedException(HiddenValues.unfit(e, table), e);
        }
    }

    /**
     * Fills the footer cache, so that the statement's own reads are column chunks alone and can be counted ({@link
     * ScannedBytes}). The view has read the first file's footer.
     */
    private static void readFooters(Instance instance, TableSource table) throws SQLException {
        List<String> paths = allPaths(table);
        if (paths.size() > 1) {
            instance.text("SELECT count(*) FROM parquet_file_metadata(" + Sql.texts(paths) + ')');
        }
    }

    static String qualified(String catalog, String schema) {
        return Sql.name(catalog) + '.' + Sql.name(schema);
    }

    static List<String> paths(TableSource table) {
        return table.files().stream().map(SourceFile::path).toList();
    }

    static List<String> allPaths(TableSource table) {
        List<String> paths = new ArrayList<>(paths(table));
        table.deletes().ifPresent(deletes -> paths.addAll(DeletedRows.paths(deletes)));
        return paths;
    }
}
