package dev.tarn.engine;

import dev.tarn.catalog.TableName;
import java.util.Comparator;
import java.util.List;

/**
 * A name that the engine cannot read as it is written: it knows catalog, schema and table, and no levels between, and one version
 * of each table. The levels of a nested namespace become one quoted schema name.
 */
record Replacement(int offset, int end, String text) {

    /** Another name in the place of a table's. */
    static Replacement of(String sql, TableReference reference, String catalog, String schema, String table) {
        return new Replacement(reference.offset(), reference.nameEnd(sql), quoted(catalog, schema, table));
    }

    /** Blanks in the place of a clause; line breaks stay, so that places keep their lines. */
    static Replacement blank(String sql, VersionClause clause) {
        return new Replacement(
                clause.offset(),
                clause.end(),
                sql.substring(clause.offset(), clause.end()).replaceAll("[^\\n]", " "));
    }

    static String applied(String sql, List<Replacement> replacements) {
        StringBuilder text = new StringBuilder(sql);
        replacements.stream()
                .sorted(Comparator.comparingInt(Replacement::offset).reversed())
                .forEach(replacement -> text.replace(replacement.offset, replacement.end, replacement.text));
        return text.toString();
    }

    /** Where a place of the changed text was before. */
    static int original(int offset, List<Replacement> replacements) {
        int moved = 0;
        for (Replacement replacement : replacements.stream()
                .sorted(Comparator.comparingInt(Replacement::offset))
                .toList()) {
            int start = replacement.offset + moved;
            int end = start + replacement.text.length();
            if (offset < start) {
                break;
            }
            if (offset < end) {
                return Math.min(replacement.offset + offset - start, replacement.end - 1);
            }
            moved += replacement.text.length() - (replacement.end - replacement.offset);
        }
        return offset - moved;
    }

    /** The name as the worker knows the table. */
    static String quoted(TableName name) {
        return quoted(name.catalog(), name.namespaceText(), name.table());
    }

    static String quoted(String catalog, String schema, String table) {
        return quoted(catalog) + "." + quoted(schema) + "." + quoted(table);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
