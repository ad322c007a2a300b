package dev.tarn.catalog;

import dev.tarn.access.Caller;
import java.util.function.Consumer;

/** Other ways in which changes of the catalog become true than each by itself. */
public final class CatalogCommits {
    private final CatalogParts parts;
    private final Views views;

    CatalogCommits(CatalogParts parts, Views views) {
        this.parts = parts;
        this.views = views;
    }

    /** The catalog's facades, whose changes become true in another way. */
    public record Facades(Tables tables, Views views, Namespaces namespaces) {}

    /**
     * Facades whose changes each become true together with something else, in one database transaction.
     *
     * @param together runs in the transaction of each change; what it throws keeps the change from becoming true. It is
     *     run again when a transaction is
     */
    public Facades with(Caller caller, Runnable together) {
        parts.access().requireSomebody(caller);
        CatalogParts completing = completing(effect -> together.run());
        Tables tables = new Tables(completing);
        return new Facades(tables, views.on(completing), new Namespaces(completing, tables));
    }

    private CatalogParts completing(Consumer<Effect> together) {
        return parts.committing(parts.rows(), new ImmediateCommits(parts.database(), parts.rows(), together));
    }

    /** The facades for those who speak Iceberg, whose changes become true in another way. */
    public record IcebergFacades(IcebergTables tables, IcebergViews views, IcebergNamespaces namespaces) {}

    /**
     * {@link #with} for those who speak Iceberg.
     *
     * @param together runs once in the transaction of what is asked for, and is told what that comes to
     */
    public IcebergFacades icebergWith(Caller caller, Consumer<Effect> together) {
        parts.access().requireSomebody(caller);
        CatalogParts completing = completing(together);
        return new IcebergFacades(
                new IcebergTables(completing, views, together),
                new IcebergViews(completing),
                new IcebergNamespaces(completing, together));
    }

    /** A catalog in which several changes of the caller's become true at once, or none; the caller must close it. */
    public StagedCatalog staged(Caller caller) {
        parts.access().requireSomebody(caller);
        return new StagedCatalog(parts, views, caller.tenantId());
    }
}
