package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        String rows = select(instance, table);
        if (table.visible().isEmpty()) {
            instance.execute("CREATE VIEW " + name + " AS " + rows);
            return;
        }
        VisibleRows visible = new VisibleRows(table, table.visible().get());
        if (visible.isAmbiguous()) {
            throw new TaskFailedException(HiddenValues.unfit(table));
        }
        try {
            instance.execute("CREATE SECURE VIEW " + name + " AS " + visible.of(rows));
        } catch (SQLException e) {
            throw new TaskFailedException(HiddenValues.unfit(e, table), e);
        }
    }

    /** An evolved table is read from one part for each kind of files that it has. */
    private static String select(Instance instance, TableSource table) throws SQLException, TaskFailedException {
        List<String> paths = paths(table);
        if (paths.isEmpty()) {
            return "SELECT " + columns(table, column -> "CAST(NULL AS " + column.type() + ')') + " WHERE false";
        }
        if (!table.evolved() && table.deletes().isEmpty()) {
            return select(columns(table, TableViews::byName), paths);
        }
        Map<String, SourceFile> files = new HashMap<>();
        table.files().forEach(file -> files.put(file.path(), file));
        List<String> parts = new ArrayList<>();
        for (FileLayouts.Layout layout : FileLayouts.of(instance, paths)) {
            Map<Map<Integer, String>, List<SourceFile>> alike = layout.paths().stream()
                    .map(path -> Objects.requireNonNull(files.get(path)))
                    .collect(Collectors.groupingBy(
                            file -> EvolvedColumns.constants(layout.columns(), table, file),
                            LinkedHashMap::new,
                            Collectors.toList()));
            for (Map.Entry<Map<Integer, String>, List<SourceFile>> some : alike.entrySet()) {
                EvolvedColumns evolved = new EvolvedColumns(layout.columns(), some.getKey());
                if (evolved.isUnknown(table.columns())) {
                    throw new TaskFailedException(Failure.of(
                            Failure.Kind.NOT_ALLOWED,
                            "The table %s has files whose columns have no ids, and its columns have changed; set its property schema.name-mapping.default"
                                    .formatted(table.name())));
                }
                parts.addAll(selects(table, layout, evolved, some.getValue()));
            }
        }
        return String.join(" UNION ALL ", parts);
    }

    private static List<String> selects(
            TableSource table, FileLayouts.Layout layout, EvolvedColumns evolved, List<SourceFile> files)
            throws TaskFailedException {
        Map<Boolean, List<String>> paths = files.stream()
                .collect(Collectors.partitioningBy(
                        SourceFile::deletes, Collectors.mapping(SourceFile::path, Collectors.toList())));
        List<String> whole = Objects.requireNonNull(paths.get(false));
        List<String> partial = Objects.requireNonNull(paths.get(true));
        List<String> parts = new ArrayList<>();
        if (!whole.isEmpty()) {
            parts.add(select(columns(table, evolved::of), whole));
        }
        if (!partial.isEmpty()) {
            if (!DeletedRows.canRead(layout.columns())) {
                throw new TaskFailedException(Failure.of(
                        Failure.Kind.NOT_ALLOWED,
                        "The table %s has row deletes and a column called file_row_number, and cannot be read with both"
                                .formatted(table.name())));
            }
            parts.add(new DeletedRows(table.deletes().orElseThrow())
                    .select(table.columns(), partial, layout.columns(), evolved::of));
        }
        return parts;
    }

    /** Every column is cast to the declared type, which costs nothing where the file has that type already. */
    private static String byName(SourceColumn column) {
        return "CAST(" + Sql.name(column.name()) + " AS " + column.type() + ')';
    }

    private static String columns(TableSource table, Function<SourceColumn, String> expression) {
        return table.columns().stream()
                .map(column -> expression.apply(column) + " AS " + Sql.name(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** A folder named {@code k=v} is no column: its value would hide the file's own. */
    private static String select(String columns, List<String> paths) {
        return "SELECT " + columns + " FROM read_parquet(" + Sql.files(paths) + ", hive_partitioning = false)";
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

    private static List<String> allPaths(TableSource table) {
        List<String> paths = new ArrayList<>(paths(table));
        table.deletes().ifPresent(deletes -> paths.addAll(DeletedRows.paths(deletes)));
        return paths;
    }
}
