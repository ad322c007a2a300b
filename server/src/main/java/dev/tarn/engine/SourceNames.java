package dev.tarn.engine;

import dev.tarn.access.Caller;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.ReadableView;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableVersion;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.Views;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import dev.tarn.storage.Warehouse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds what the names in a query stand for. {@code t$files} is the metadata of a table. Spark writes {@code ns.t.files}, {@code
 * ns.t.branch_x} and {@code ns.t.tag_x}; they are that where there is no table of the name.
 */
final class SourceNames {
    private final Tables tables;
    private final Views views;
    private final InformationSchema information;
    private final MetadataRows metadata;

    SourceNames(Tables tables, Views views, Warehouse warehouse) {
        this.tables = tables;
        this.views = views;
        this.information = new InformationSchema(tables);
        this.metadata = new MetadataRows(warehouse);
    }

    /** Whether a name that is no table's may be that of rows which the server knows. */
    static boolean mayBeListed(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return name.indexOf('$') > 0
                || folded.contains(InformationSchema.NAME)
                || MetadataKind.of(folded.substring(folded.lastIndexOf('.') + 1))
                        .isPresent();
    }

    NamedSource find(Caller caller, String sql, TableReference reference, Defaults defaults) {
        try {
            return find(caller, reference, defaults);
        } catch (TarnException e) {
            TarnException told = told(e, reference, defaults);
            throw reference.offset() < 0 ? told : told.at(TextPosition.of(sql, reference.offset(), reference.length()));
        }
    }

    private NamedSource find(Caller caller, TableReference reference, Defaults defaults) {
        List<String> path = reference.path();
        TableName name = TableName.of(path, defaults.namespace());
        if (InformationSchema.has(name)) {
            return withoutVersion(reference, information.of(caller, name));
        }
        int mark = name.table().lastIndexOf('$');
        Optional<MetadataKind> kind = mark > 0 ? MetadataKind.of(name.table().substring(mark + 1)) : Optional.empty();
        if (kind.isPresent()) {
            ReadableTable table = tables.read(
                    caller, name.withTable(name.table().substring(0, mark)), versionOf(kind.get(), reference));
            TableName known = table.name()
                    .withTable(table.name().table() + "$" + kind.get().text());
            return metadata.of(known, table, kind.get(), reference.version());
        }
        try {
            Optional<ReadableTable> table = tables.readUnlessView(caller, name, reference.version());
            if (table.isPresent()) {
                return new NamedSource.OfTable(table.get().name(), table.get());
            }
            ReadableView view = views.read(caller, name);
            return withoutVersion(reference, new NamedSource.OfView(view.name(), view));
        } catch (TarnException e) {
            boolean unknown = e.code() == ErrorCode.UNKNOWN_TABLE || e.code() == ErrorCode.UNKNOWN_NAMESPACE;
            if (!unknown || path.size() < 2) {
                throw e;
            }
            return ofPart(caller, reference, defaults).orElseThrow(() -> e);
        }
    }

    /** The name of a table and one more part. */
    private Optional<NamedSource> ofPart(Caller caller, TableReference reference, Defaults defaults) {
        String part = reference.path().getLast();
        Optional<MetadataKind> kind = MetadataKind.of(part);
        Optional<String> ref = ref(part);
        if (kind.isEmpty() && ref.isEmpty()) {
            return Optional.empty();
        }
        TableVersion version = kind.map(found -> versionOf(found, reference))
                .orElseGet(() -> new TableVersion.Named(ref.orElseThrow()));
        ReadableTable table;
        try {
            TableName asked =
                    TableName.of(reference.path().subList(0, reference.path().size() - 1), defaults.namespace());
            table = tables.read(caller, asked, version);
        } catch (TarnException e) {
            if (e.code() == ErrorCode.NOT_FOUND) { // of the version
                throw e;
            }
            return Optional.empty();
        }
        TableName known = table.name().inside(kind.map(MetadataKind::text).orElse(part));
        return Optional.of(
                kind.isPresent()
                        ? metadata.of(known, table, kind.get(), reference.version())
                        : withoutVersion(reference, new NamedSource.OfTable(known, table)));
    }

    private static TableVersion versionOf(MetadataKind kind, TableReference reference) {
        return kind.isOfVersion() ? reference.version() : TableVersion.NEWEST;
    }

    private static Optional<String> ref(String part) {
        String folded = part.toLowerCase(Locale.ROOT);
        return folded.startsWith("branch_")
                ? Optional.of(part.substring("branch_".length()))
                : folded.startsWith("tag_") ? Optional.of(part.substring("tag_".length())) : Optional.empty();
    }

    private static NamedSource withoutVersion(TableReference reference, NamedSource source) {
        if (reference.clause().isPresent()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s has no versions of its own; leave the version out"
                            .formatted(String.join(".", reference.path())));
        }
        return source;
    }

    /** Somebody who named no namespace is told of the table, even where the default namespace is not made yet. */
    private static TarnException told(TarnException failure, TableReference reference, Defaults defaults) {
        return failure.code() == ErrorCode.UNKNOWN_NAMESPACE && reference.path().size() == 1
                ? new TarnException(
                        ErrorCode.UNKNOWN_TABLE,
                        "There is no table %s in namespace %s; name another, as namespace.table"
                                .formatted(reference.path().getFirst(), defaults.namespaceText()),
                        failure)
                : failure;
    }
}
