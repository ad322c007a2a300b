package dev.tarn.api.drls;

import dev.tarn.access.Caller;
import dev.tarn.adoption.MountedCatalog;
import dev.tarn.adoption.MountedCatalogs;
import dev.tarn.catalog.TableName;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Names as the contract writes them: with the catalog first or without. The catalog is called {@code drls} here, and by the name of
 * the configuration; {@code iceberg} is the tenant's own, whatever is shown.
 */
@Component
class DrlsNames {
    /** What the contract calls the catalog. */
    static final String CATALOG = "drls";

    private final MountedCatalogs mounts;

    DrlsNames(MountedCatalogs mounts) {
        this.mounts = mounts;
    }

    /**
     * A table that was asked for.
     *
     * @param mounted whether it is one of another's catalog
     */
    record Asked(TableName name, boolean mounted) {}

    /** The table that a name of the contract means. */
    Asked asked(Caller caller, String text) {
        Optional<MountedCatalog> shown = mounts.shown(caller);
        String alias = shown.map(MountedCatalog::name).orElse(CATALOG);
        TableName plain = TableName.parseAliased(text, CATALOG);
        TableName name = alias.equalsIgnoreCase(CATALOG) || !plain.equals(TableName.parse(text))
                ? plain
                : TableName.parseAliased(text, alias);
        boolean foreign =
                shown.filter(mount -> mount.kind() != MountedCatalog.Kind.OWN).isPresent();
        return new Asked(name, foreign && !isOwn(text));
    }

    private static boolean isOwn(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith(TableName.DEFAULT_CATALOG + ".");
    }

    /**
     * The table of the tenant's own that a name means, for what changes tables.
     *
     * @throws TarnException {@code INVALID_REQUEST} for one of another's catalog
     */
    TableName own(Caller caller, String text) {
        Asked asked = asked(caller, text);
        if (asked.mounted()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s is a table of the catalog that is shown, and that one is read here and never changed; register the table (tarn register), or name one of this server's own as iceberg.namespace.table"
                            .formatted(asked.name().textInCatalog()));
        }
        return asked.name();
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
