package dev.tarn.api.drls;

import dev.tarn.catalog.TableName;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Names as the contract writes them: with the catalog first, which is called {@code drls} here, or without. */
@Component
class DrlsNames {
    /** What the contract calls the tenant's own catalog. */
    static final String CATALOG = "drls";

    /** The table that a name of the contract means. */
    TableName table(String text) {
        return TableName.parseAliased(text, CATALOG);
    }

    /** The name of a table in lists, which means that table when it is sent back. */
    static String shown(TableName table) {
        return isCatalog(table.namespace().getFirst()) ? CATALOG + "." + table.textInCatalog() : table.textInCatalog();
    }

    /** The name of a namespace in lists, quoted as in the names of its tables. */
    static String shownNamespace(String levels) {
        String full = TableName.namespaceFullName(levels);
        String name = full.substring(full.indexOf('.') + 1);
        return isCatalog(levels.split("\\.", 2)[0]) ? CATALOG + "." + name : name;
    }

    private static boolean isCatalog(String level) {
        return level.toLowerCase(Locale.ROOT).equals(CATALOG);
    }
}
