package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that no new table may have: statements could not reach it, or would read something else under that name. */
final class ReservedNames {
    private static final Set<String> NAMESPACES = Set.of("information_schema", "pg_catalog");
    private static final Pattern METADATA =
            Pattern.compile(".*[$](snapshots|files|history|partitions|refs|manifests)", Pattern.CASE_INSENSITIVE);

    /** What grants of dropped tables are kept under begins so. */
    static final String DROPPED = "~dropped~";

    private ReservedNames() {}

    static void refuse(TableName name) {
        refuseNamespace(name.namespace());
        if (name.table().startsWith(DROPPED)) {
            throw refused("The name %s belongs to a dropped table; choose another"
                    .formatted(TableName.quotedWhereNeeded(name.table())));
        }
        if (METADATA.matcher(name.table()).matches()) {
            throw refused("The name %s means the metadata of another table; choose one without $"
                    .formatted(TableName.quotedWhereNeeded(name.table())));
        }
    }

    static void refuseNamespace(List<String> levels) {
        String first = levels.getFirst().toLowerCase(Locale.ROOT);
        if (NAMESPACES.contains(first)) {
            throw refused("The namespace %s belongs to SQL itself; choose another".formatted(first));
        }
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }
}
