package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Instance;
import dev.tarn.worker.duckdb.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns the files of a table have. Files that have the same ones, which most do, are read as one. */
final class FileLayouts {
    private FileLayouts() {}

    /** Files with the same columns. */
    record Layout(List<FileColumn> columns, List<String> paths) {}

    static List<Layout> of(Instance instance, List<String> paths) throws SQLException {
        List<Layout> layouts = new ArrayList<>();
        for (List<String> alike : alike(instance, paths)) {
            layouts.add(new Layout(columns(instance, alike.getFirst()), alike));
        }
        return layouts;
    }

    /** Compared in the engine: a thousand files of a thousand columns are a million rows. */
    private static List<List<String>> alike(Instance instance, List<String> paths) throws SQLException {
        String query = """
                WITH files AS (
                    SELECT file_name, md5(string_agg(concat_ws(chr(31), name, num_children, field_id, duckdb_type),
                        chr(30) ORDER BY column_id)) AS layout
                    FROM parquet_schema(%s) GROUP BY file_name)
                SELECT layout, file_name FROM files ORDER BY layout, file_name""".formatted(Sql.files(paths));
        List<List<String>> groups = new ArrayList<>();
        String last = "";
        try (Statement statement = instance.connection().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                if (groups.isEmpty() || !rows.getString(1).equals(last)) {
                    groups.add(new ArrayList<>());
                    last = rows.getString(1);
                }
                groups.getLast().add(rows.getString(2));
            }
        }
        return groups;
    }

    private static List<FileColumn> columns(Instance instance, String path) throws SQLException {
        String query =
                "SELECT name, coalesce(num_children, 0), field_id, coalesce(duckdb_type, '') FROM parquet_schema("
                        + Sql.files(List.of(path)) + ") ORDER BY column_id";
        List<Element> elements = new ArrayList<>();
        try (Statement statement = instance.connection().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                String id = rows.getString(3);
                elements.add(new Element(
                        rows.getString(1), rows.getInt(2), id == null ? null : Integer.valueOf(id), rows.getString(4)));
            }
        }
        Cursor cursor = new Cursor(elements);
        return cursor.children(cursor.next().children());
    }

    /** A node of the file's schema, which is stored depth first. */
    private record Element(
            String name, int children, @Nullable Integer fieldId, String type) {}

    private static final class Cursor {
        private final List<Element> elements;
        private int at;

        Cursor(List<Element> elements) {
            this.elements = elements;
        }

        Element next() {
            return elements.get(at++);
        }

        List<FileColumn> children(int count) {
            List<FileColumn> columns = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Element element = next();
                columns.add(column(element, children(element.children())));
            }
            return columns;
        }

        /** Between a list and its element, and between a map and its key, is a node that only repeats. */
        private static FileColumn column(Element element, List<FileColumn> children) {
            List<FileColumn> parts = children;
            if (children.size() == 1 && element.type().endsWith("[]")) {
                FileColumn repeated = children.getFirst();
                boolean between = repeated.type().equals(element.type())
                        && repeated.parts().size() == 1;
                parts = between ? repeated.parts() : children;
            } else if (children.size() == 1 && element.type().startsWith("MAP(")) {
                parts = children.getFirst().parts();
            }
            return new FileColumn(element.name(), element.fieldId(), element.type(), parts);
        }
    }
}
