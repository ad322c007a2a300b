package dev.tarn.api.drls;

import dev.tarn.catalog.Column;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param type Tarn's type name in lower case; names of fields inside keep their case
 */
record ShownColumn(
        String name,
        String type,
        boolean nullable,
        @Nullable String comment) {
    /** A quoted name, a name that a colon follows, or any other word. */
    private static final Pattern WORD = Pattern.compile("(\"(?:[^\"]|\"\")*\"|\\w+(?=:))|[A-Z_]+");

    static ShownColumn of(Column column) {
        return new ShownColumn(
                column.name(),
                lower(column.type()),
                column.nullable(),
                column.comment().orElse(null));
    }

    static List<ShownColumn> of(List<Column> columns) {
        return columns.stream().map(ShownColumn::of).toList();
    }

    static String lower(String type) {
        return WORD.matcher(type)
                .replaceAll(word -> java.util.regex.Matcher.quoteReplacement(
                        word.group(1) != null ? word.group() : word.group().toLowerCase(Locale.ROOT)));
    }
}
