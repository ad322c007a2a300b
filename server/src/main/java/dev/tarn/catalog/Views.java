package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.view.ImmutableSQLViewRepresentation;
import org.apache.iceberg.view.ImmutableViewVersion;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewVersion;

/** The views of the caller's tenant. They are Iceberg's, have names among those of tables, and rights as tables have. */
public final class Views {
    private final CatalogParts parts;
    private final Lookup lookup;
    private final Clock clock;

    Views(CatalogParts parts, Clock clock) {
        this.parts = parts;
        this.lookup = new Lookup(parts);
        this.clock = clock;
    }

    /** The views of another catalog, or of one whose changes become true in another way. */
    Views on(CatalogParts others) {
        return new Views(others, clock);
    }

    /**
     * The view of that name, resolved as {@link Tables#resolve} does; empty when there is none, or a table.
     *
     * @throws TarnException {@code FORBIDDEN} for who may not read it, or a part of it alone
     */
    public Optional<ReadableView> find(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        return lookup.found(caller, name)
                .filter(pointer -> pointer.kind() == Pointer.Kind.VIEW)
                .map(pointer -> read(caller, Resolver.named(pointer)));
    }

    /**
     * A view.
     *
     * @throws TarnException {@code UNKNOWN_TABLE}, {@code INVALID_REQUEST} for what is none; {@code FORBIDDEN} for who may not read it,
     *     or a part of it alone
     */
    public ReadableView read(Caller caller, TableName name) {
        parts.access().requireSomebody(caller);
        Lookup.Located view = lookup.located(caller, Verb.SELECT, name, Optional.of(Pointer.Kind.VIEW));
        if (view.rights().isLimited()) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "You may see a part of %s alone, and a view is read whole; ask for the right to read it, its tables hide what they hide"
                            .formatted(view.name().text()));
        }
        try {
            return ReadableView.of(
                    view.name(), parts.metadata().readView(view.pointer().location()));
        } catch (NotFoundException e) {
            // Between the row and the file it may have been dropped.
            throw lookup.unknown(caller, name);
        }
    }

    /**
     * Makes a view, or changes one, in one commit.
     *
     * @param replace whether one that is there becomes this one
     * @throws TarnException {@code ALREADY_EXISTS}; {@code CONFLICT} when somebody else changes it at the same moment
     */
    public void make(Caller caller, TableName asked, NewView view, boolean replace) {
        parts.access().requireSomebody(caller);
        Optional<Lookup.Located> existing = replace
                ? lookup.found(caller, asked)
                        .map(pointer -> lookup.located(
                                caller, Verb.DROP, Resolver.named(pointer), Optional.of(Pointer.Kind.VIEW)))
                : Optional.empty();
        TableName name = existing.map(Lookup.Located::name).orElseGet(() -> lookup.newName(caller, asked));
        TarnViewOperations operations = new TarnViewOperations(parts, caller, name, true, location -> true);
        ViewMetadata base = existing.isPresent() ? operations.current() : null;
        try {
            operations.commit(base, base == null ? made(caller, name, view) : changed(base, view));
        } catch (AlreadyExistsException e) {
            throw OpenWrite.alreadyExists(name, e);
        } catch (CommitFailedException e) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "The view %s was changed by somebody else at the same moment; try again".formatted(name.text()),
                    e);
        }
    }

    private ViewMetadata made(Caller caller, TableName name, NewView view) {
        return said(ViewMetadata.builder(), view)
                .setLocation(parts.warehouse().newTableLocation(caller.tenantId(), name.namespace(), name.table()))
                .setCurrentVersion(version(view, 1), view.schema())
                .build();
    }

    private ViewMetadata changed(ViewMetadata base, NewView view) {
        int newest =
                base.versions().stream().mapToInt(ViewVersion::versionId).max().orElse(0);
        return said(ViewMetadata.buildFrom(base), view)
                .setCurrentVersion(version(view, newest + 1), view.schema())
                .build();
    }

    private static ViewMetadata.Builder said(ViewMetadata.Builder builder, NewView view) {
        return view.comment().isPresent()
                ? builder.setProperties(
                        Map.of(ReadableView.COMMENT, view.comment().get()))
                : builder.removeProperties(Set.of(ReadableView.COMMENT));
    }

    private ViewVersion version(NewView view, int id) {
        return ImmutableViewVersion.builder()
                .versionId(id)
                .schemaId(view.schema().schemaId())
                .timestampMillis(clock.millis())
                .defaultCatalog(TableName.DEFAULT_CATALOG)
                .defaultNamespace(Namespace.of(view.namespace().toArray(new String[0])))
                .putSummary(ReadableView.SOURCES, ReadableView.text(view.sources()))
                .addRepresentations(ImmutableSQLViewRepresentation.builder()
                        .dialect(ReadableView.DIALECT)
                        .sql(view.sql())
                        .build())
                .build();
    }

    /** Removes a view. */
    public void drop(Caller caller, TableName asked) {
        parts.access().requireSomebody(caller);
        TableName name = lookup.located(caller, Verb.DROP, asked, Optional.of(Pointer.Kind.VIEW))
                .name();
        if (!new TarnCatalog(parts, caller).purgeView(name.identifier())) {
            throw lookup.unknown(caller, name);
        }
    }

    /**
     * Gives a view another name, in the same namespace or another; grants follow it, and views that read it do not.
     *
     * @throws TarnException {@code ALREADY_EXISTS}, {@code UNKNOWN_NAMESPACE}
     */
    public void rename(Caller caller, TableName asked, TableName target) {
        parts.access().requireSomebody(caller);
        TableName name = lookup.located(caller, Verb.MANAGE, asked, Optional.of(Pointer.Kind.VIEW))
                .name();
        new TableRename(parts, caller).applyToView(name, lookup.newName(caller, target));
    }
}
