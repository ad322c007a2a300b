package dev.tarn.engine;

import dev.tarn.catalog.TableName;
import java.util.Comparator;
import java.util.List;

/**
 * A name that the engine cannot read as it is written: it knows catalog, schema and table, and no levels between. The
 * levels of a nested namespace become one quoted schema name.
 */
record Replacement(int offset, int end, String text) {

    static Replacement of(String sql, TableReference reference, TableName name) {
        // The parser's place covers an alias too, so the name's end is found by its own tokens.
        List<SqlToken> tokens = SqlLexer.tokens(sql.substring(reference.offset()));
        int last = 0;
        while (last + 2 < tokens.size()
                && tokens.get(last + 1).isSymbol('.')
                && tokens.get(last + 2).isName()) {
            last += 2;
        }
        return new Replacement(
                reference.offset(), reference.offset() + tokens.get(last).end(), quoted(name));
    }

    static String applied(String sql, List<Replacement> replacements) {
        StringBuilder text = new StringBuilder(sql);
        replacements.stream()
                .sorted(Comparator.comparingInt(Replacement::offset).reversed())
                .forEach(replacement -> text.replace(replacement.offset, replacement.end, replacement.text));
        return text.toString();
    }

    /** The name as the worker knows the table. */
    static String quoted(TableName name) {
        return quoted(name.catalog()) + "." + quoted(name.namespaceText()) + "." + quoted(name.table());
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
