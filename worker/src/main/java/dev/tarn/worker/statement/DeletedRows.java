package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.protocol.RowDeletes;
import dev.tarn.worker.protocol.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads files of one layout without the rows that were deleted from them. */
final class DeletedRows {
    private final RowDeletes deletes;

    DeletedRows(RowDeletes deletes) {
        this.deletes = deletes;
    }

    /** All files that it reads beside those of the table. */
    static List<String> paths(RowDeletes deletes) {
        List<String> paths = new ArrayList<>();
        deletes.positions().ifPresent(paths::add);
        deletes.scopes().ifPresent(paths::add);
        deletes.equal().forEach(equal -> paths.add(equal.path()));
        return paths;
    }

    /** The place of a row in its file cannot be told from a column of that name. */
    static boolean canRead(List<FileColumn> layout) {
        return layout.stream().noneMatch(column -> column.name().equalsIgnoreCase("file_row_number"));
    }

    /**
     * The rows that are left, under the columns' names. Inside all names are ours, so that none clashes.
     *
     * @param besides more columns
     * @param expression over the file's columns, of a column as it is wanted
     */
    String select(
            List<SourceColumn> columns,
            List<FileRows.Beside> besides,
            List<String> files,
            List<FileColumn> layout,
            Function<SourceColumn, String> expression) {
        List<String> inner = new ArrayList<>();
        List<String> outer = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            inner.add(expression.apply(columns.get(i)) + " AS c" + i);
            outer.add("tarn_rows.c" + i + " AS " + Sql.name(columns.get(i).name()));
        }
        for (int i = 0; i < besides.size(); i++) {
            inner.add(besides.get(i).expression() + " AS b" + i);
            outer.add("tarn_rows.b" + i + " AS " + Sql.name(besides.get(i).name()));
        }
        for (int d = 0; d < deletes.equal().size(); d++) {
            List<SourceColumn> keys = deletes.equal().get(d).keys();
            for (int k = 0; k < keys.size(); k++) {
                inner.add(expression.apply(keys.get(k)) + " AS " + key(d, k));
            }
        }
        String file = freeName(layout);
        inner.add(file + " AS f");
        inner.add("file_row_number AS r");
        return "SELECT " + String.join(", ", outer) + " FROM (SELECT " + String.join(", ", inner)
                + " FROM read_parquet(" + Sql.files(files) + ", filename = " + Sql.text(file)
                + ", hive_partitioning = false)) AS tarn_rows" + joins();
    }

    private String joins() {
        StringBuilder joins = new StringBuilder();
        deletes.positions()
                .ifPresent(path -> joins.append(" ANTI JOIN ")
                        .append(read(path))
                        .append(" AS tarn_places ON tarn_places.file = tarn_rows.f AND tarn_places.pos = tarn_rows.r"));
        deletes.scopes()
                .ifPresent(path -> joins.append(" JOIN ")
                        .append(read(path))
                        .append(" AS tarn_scopes ON tarn_scopes.file = tarn_rows.f"));
        for (int d = 0; d < deletes.equal().size(); d++) {
            RowDeletes.Equal equal = deletes.equal().get(d);
            String name = "tarn_equal" + d;
            List<String> same = new ArrayList<>();
            for (int k = 0; k < equal.keys().size(); k++) {
                same.add(name + ".k" + k + " IS NOT DISTINCT FROM tarn_rows." + key(d, k));
            }
            if (!equal.everywhere()) {
                same.add(name + ".scope = tarn_scopes.scope");
            }
            same.add(name + ".seq > tarn_scopes.seq");
            joins.append(" ANTI JOIN ")
                    .append(read(equal.path()))
                    .append(" AS ")
                    .append(name)
                    .append(same.stream().collect(Collectors.joining(" AND ", " ON ", "")));
        }
        return joins.toString();
    }

    private static String key(int delete, int column) {
        return "k" + delete + "_" + column;
    }

    private static String read(String path) {
        return "read_parquet(" + Sql.files(List.of(path)) + ", hive_partitioning = false)";
    }

    private static String freeName(List<FileColumn> layout) {
        String name = "tarn_file";
        while (isTaken(layout, name)) {
            name += "_";
        }
        return name;
    }

    private static boolean isTaken(List<FileColumn> layout, String name) {
        return layout.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
    }
}
