package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the tables of a statement appear in an instance under their own names, and nothing else readable. */
final class TableViews {
    private TableViews() {}

    /** {@code writable}: paths beside the tables' files that stay open. */
    static void create(Instance instance, Query query, List<String> writable) throws SQLException {
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
            instance.execute(view(table));
            readFooters(instance, table);
        }
        instance.execute("USE " + qualified(query.catalog(), query.schema()));
        instance.execute("SET allowed_configs = ['jdbc_stream_results']");
        List<String> open = new ArrayList<>(writable);
        query.tables().forEach(table -> open.addAll(paths(table)));
        instance.fence(open);
    }

    /**
     * Every column is cast to the declared type, which costs nothing where the file has that type already. A folder named
     * {@code k=v} is no column: its value would hide the file's own.
     */
    private static String view(TableSource table) {
        boolean empty = table.files().isEmpty();
        String columns = table.columns().stream()
                .map(column -> "CAST(" + (empty ? "NULL" : Sql.name(column.name())) + " AS " + column.type() + ") AS "
                        + Sql.name(column.name()))
                .collect(Collectors.joining(", "));
        return "CREATE VIEW " + qualified(table.catalog(), table.schema()) + '.' + Sql.name(table.name())
                + " AS SELECT "
                + columns
                + (empty
                        ? " WHERE false"
                        : " FROM read_parquet(" + Sql.files(paths(table)) + ", hive_partitioning = false)");
    }

    /**
     * Fills the footer cache, so that the statement's own reads are column chunks alone and can be counted ({@link
     * ScannedBytes}). The view has read the first file's footer.
     */
    private static void readFooters(Instance instance, TableSource table) throws SQLException {
        if (table.files().size() > 1) {
            instance.text("SELECT count(*) FROM parquet_file_metadata(" + Sql.texts(paths(table)) + ')');
        }
    }

    private static String qualified(String catalog, String schema) {
        return Sql.name(catalog) + '.' + Sql.name(schema);
    }

    static List<String> paths(TableSource table) {
        return table.files().stream().map(SourceFile::path).toList();
    }
}
