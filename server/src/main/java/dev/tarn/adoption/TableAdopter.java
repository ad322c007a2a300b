package dev.tarn.adoption;

import dev.tarn.access.Caller;
import dev.tarn.adoption.AdoptedTable.Outcome;
import dev.tarn.catalog.IcebergNamespaces;
import dev.tarn.catalog.IcebergTables;
import dev.tarn.catalog.TableName;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.ImmutableRegisterTableRequest;
import org.jspecify.annotations.Nullable;

/** Says what becomes of a table, and lets it happen; both for one caller, as whom an adoption runs. */
final class TableAdopter {
    private final IcebergTables tables;
    private final IcebergNamespaces namespaces;

    TableAdopter(IcebergTables tables, IcebergNamespaces namespaces) {
        this.tables = tables;
        this.namespaces = namespaces;
    }

    /** The name here of a table that has that name there. */
    static TableIdentifier target(TableIdentifier table, @Nullable String into) {
        List<String> levels = new ArrayList<>(into == null ? List.of() : TableName.parseNamespace(into));
        levels.addAll(List.of(table.namespace().levels()));
        return TableIdentifier.of(Namespace.of(levels.toArray(new String[0])), table.name());
    }

    /** What would become of a table. */
    AdoptedTable judge(Caller caller, ForeignCatalog catalog, TableIdentifier table, @Nullable String into) {
        AdoptedTable unknown = new AdoptedTable(TableChoice.text(table), null, null, Outcome.REFUSED, null);
        AdoptedTable named = unknown;
        try {
            TableIdentifier target = target(table, into);
            String name = new TableName(
                            TableName.DEFAULT_CATALOG,
                            List.of(target.namespace().levels()),
                            target.name())
                    .text();
            named = new AdoptedTable(unknown.source(), name, null, Outcome.REFUSED, null);
            String location = catalog.metadataLocation(table);
            named = new AdoptedTable(unknown.source(), name, location, Outcome.REFUSED, null);
            return standing(named, tables.standing(caller, target, location), Outcome.ALREADY_HERE);
        } catch (RuntimeException e) {
            return refused(named, e);
        }
    }

    private static AdoptedTable standing(AdoptedTable table, IcebergTables.Standing standing, Outcome ifHere) {
        return switch (standing) {
            case FREE -> table.with(Outcome.POSSIBLE, null);
            case HERE -> table.with(ifHere, null);
            case TAKEN -> table.with(Outcome.NAME_TAKEN, "Something else has the name %s".formatted(table.name()));
        };
    }

    /**
     * Registers a table that nothing spoke against.
     *
     * @param ifHere what it means that it is here by now
     */
    AdoptedTable register(Caller caller, AdoptedTable table, Outcome ifHere) {
        TableName name = TableName.parse(String.valueOf(table.name()));
        Namespace namespace = Namespace.of(name.namespace().toArray(new String[0]));
        String location = String.valueOf(table.metadataLocation());
        try {
            IcebergTables.Standing standing =
                    tables.standing(caller, TableIdentifier.of(namespace, name.table()), location);
            if (standing != IcebergTables.Standing.FREE) {
                return standing(table, standing, ifHere);
            }
            makeNamespace(caller, namespace);
            tables.register(
                    caller,
                    namespace,
                    ImmutableRegisterTableRequest.builder()
                            .name(name.table())
                            .metadataLocation(location)
                            .build());
            return table.with(Outcome.REGISTERED, null);
        } catch (RuntimeException e) {
            return refused(table, e);
        }
    }

    private void makeNamespace(Caller caller, Namespace namespace) {
        try {
            namespaces.requireExists(caller, namespace);
        } catch (NoSuchNamespaceException missing) {
            try {
                namespaces.create(
                        caller,
                        CreateNamespaceRequest.builder()
                                .withNamespace(namespace)
                                .build());
            } catch (AlreadyExistsException meanwhile) {
                namespaces.requireExists(caller, namespace); // another has made it, or has one of another case
            }
        }
    }

    private static AdoptedTable refused(AdoptedTable table, RuntimeException failure) {
        TarnException why = Refusal.of(failure).orElseThrow(() -> failure);
        return table.with(why.code() == ErrorCode.ALREADY_EXISTS ? Outcome.NAME_TAKEN : Outcome.REFUSED, why.message());
    }
}
