package dev.tarn.api.datalinks;

import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Shares;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Datasets as the contract names them, owner, namespace and dataset, and the tables that they are. */
@Component
class DatasetNames {
    /** Stands for the caller's own name. */
    static final String SELF = "self";

    private final Tables tables;
    private final Shares shares;

    DatasetNames(Tables tables, Shares shares) {
        this.tables = tables;
        this.shares = shares;
    }

    /** The table of a dataset that is there. */
    Resource dataset(Caller caller, String owner, String namespace, String dataset) {
        Resource table =
                Resource.table(tables.resolve(caller, table(namespace, dataset)).text());
        requireOwner(caller, owner, table);
        return table;
    }

    /** A namespace that is there. */
    Resource namespace(Caller caller, String owner, String namespace) {
        Resource found = Resource.namespace(tables.namespace(caller, levels(namespace)));
        requireOwner(caller, owner, found);
        return found;
    }

    /** What a permission names. It need not be there yet when it is the caller's own: only what is reached gets less. */
    Resource permission(Caller caller, String owner, String namespace, Optional<String> dataset) {
        TableName name = table(namespace, dataset.orElse("any"));
        Resource thing = dataset.isPresent() ? Resource.table(name.text()) : namespace(name);
        requireOwner(caller, owner, thing);
        return thing;
    }

    /** Who made it, or its namespace, as far as the caller sees it. */
    Optional<String> owner(Caller caller, Resource thing) {
        return owners(caller, thing).findFirst();
    }

    /** The namespace of a table or a namespace as the contract writes it. */
    static String namespace(Resource thing) {
        return thing.kind() == Resource.Kind.TABLE
                ? TableName.parse(thing.name()).namespaceText()
                : String.join(".", TableName.parseNamespace(thing.name()));
    }

    /** The dataset that a table is; empty for anything else. */
    static Optional<String> dataset(Resource thing) {
        return thing.kind() == Resource.Kind.TABLE
                ? Optional.of(TableName.parse(thing.name()).table())
                : Optional.empty();
    }

    /** A path with another's name does not lead to a dataset, even if the rest is right. */
    private void requireOwner(Caller caller, String owner, Resource thing) {
        boolean self = owner.equalsIgnoreCase(SELF) || owner.equalsIgnoreCase(caller.name());
        if (!self && owners(caller, thing).noneMatch(owner::equalsIgnoreCase)) {
            throw new TarnException(
                    ErrorCode.NOT_FOUND, "%s owns no %s; write self for your own".formatted(owner, thing.text()));
        }
    }

    private Stream<String> owners(Caller caller, Resource thing) {
        List<String> owners = shares.owners(caller, thing);
        return thing.kind() == Resource.Kind.TABLE
                ? Stream.concat(
                        owners.stream(), shares.owners(caller, namespace(TableName.parse(thing.name()))).stream())
                : owners.stream();
    }

    private static Resource namespace(TableName name) {
        return Resource.namespace(TableName.namespaceFullName(name.namespaceText()));
    }

    private static TableName table(String namespace, String dataset) {
        return new TableName(TableName.DEFAULT_CATALOG, levels(namespace), dataset);
    }

    /** A dot in the name of a namespace separates its levels, as everywhere. */
    private static List<String> levels(String namespace) {
        return List.of(namespace.split("\\.", -1));
    }
}
