package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the catalog's rows alone tell: no metadata file is read, however many tables there are. */
public final class CatalogIndex {
    /** Namespaces, and tables, in one answer: what a list without pages can be. */
    static final int MOST = 500_000;

    private final CatalogParts parts;

    CatalogIndex(CatalogParts parts) {
        this.parts = parts;
    }

    /**
     * The names of all namespaces and tables that the caller sees.
     *
     * @throws TarnException {@code INVALID_REQUEST} when there are too many for one list
     */
    public CatalogNames names(Caller caller) {
        parts.access().requireSomebody(caller);
        Visible visible = Visible.to(parts.rights(caller), parts.store(), caller.tenantId());
        List<String> namespaces = limited("namespaces", visible.namespaceNames(MOST + 1));
        List<Pointer> tables = limited(
                "tables",
                visible.pointers(
                        Optional.of(Pointer.Kind.TABLE), Optional.empty(), CatalogStore.Place.START, MOST + 1));
        return new CatalogNames(namespaces, tables.stream().map(Resolver::named).toList());
    }

    /** Where a table is at this moment: the metadata file of its newest version. */
    public record Place(TableName name, String metadata) {}

    /** Some of the tables that the caller sees, by namespace and name, after one of them or from the beginning. */
    public List<Place> places(Caller caller, Optional<TableName> after, int limit) {
        parts.access().requireSomebody(caller);
        Visible visible = Visible.to(parts.rights(caller), parts.store(), caller.tenantId());
        CatalogStore.Place place = after.map(name -> new CatalogStore.Place(name.namespaceText(), name.table()))
                .orElse(CatalogStore.Place.START);
        return visible.pointers(Optional.of(Pointer.Kind.TABLE), Optional.empty(), place, limit).stream()
                .map(pointer -> new Place(Resolver.named(pointer), pointer.location()))
                .toList();
    }

    /** The tenants that have tables, for the server itself. */
    public List<UUID> tenants(Caller caller) {
        if (!(caller instanceof Caller.Server)) {
            parts.access().requireOperator(caller);
        }
        return parts.store().tenants();
    }

    private static <T> List<T> limited(String what, List<T> found) {
        if (found.size() > MOST) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "There are more than %d %s, too many for one list; page through GET /tarn/v1/tables"
                            .formatted(MOST, what));
        }
        return found;
    }
}
