package dev.tarn.adoption;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.StoredSecrets;
import dev.tarn.access.Verb;
import dev.tarn.catalog.CatalogNames;
import dev.tarn.catalog.ForeignTable;
import dev.tarn.catalog.ForeignTables;
import dev.tarn.catalog.TableName;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.SealedName;
import dev.tarn.platform.secrets.SealedValues;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Another's catalog that a tenant looks at in the place of its own. Nothing of it becomes the tenant's, and nothing in it changes;
 * the tenant's own tables stay where and what they are. Who may see all of the tenant's catalog may see it.
 */
public final class MountedCatalogs {
    private static final String PURPOSE = "mounted-catalog";

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final MountStore store;
    private final StoredSecrets stored;
    private final SealedValues sealed;
    private final AdoptionSources sources;
    private final ForeignTables tables;
    private final Clock clock;

    MountedCatalogs(
            Access access,
            Audit audit,
            Database database,
            MountStore store,
            StoredSecrets stored,
            SealedValues sealed,
            AdoptionSources sources,
            ForeignTables tables,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.stored = stored;
        this.sealed = sealed;
        this.sources = sources;
        this.tables = tables;
        this.clock = clock;
    }

    /** What the tenant looks at, secrets masked; empty: its own catalog, under its usual name. */
    public Optional<MountedCatalog> configuration(Caller caller) {
        access.require(caller, Verb.DESCRIBE, Resource.catalog(TableName.DEFAULT_CATALOG));
        return store.find(caller.tenantId()).map(MountedCatalog::masked);
    }

    /** The same for who only needs to know how names begin. */
    public Optional<MountedCatalog> shown(Caller caller) {
        access.requireSomebody(caller);
        return store.find(caller.tenantId()).map(MountedCatalog::masked);
    }

    /**
     * Lets the tenant look at another's catalog, once it has been reached.
     *
     * @throws TarnException {@code INVALID_REQUEST} with what is wrong; then nothing has changed
     */
    public void mount(Caller caller, MountedCatalog wanted) {
        access.require(caller, Verb.MANAGE, setting());
        MountChecks.check(wanted);
        Optional<CatalogSecret> secret = secret(caller, wanted);
        if (wanted.kind() != MountedCatalog.Kind.OWN) {
            sources.require(caller, wanted.source());
            sources.open(caller, wanted.source(), secret).check();
        }
        Map<String, String> plain = new HashMap<>(wanted.properties());
        plain.keySet().removeAll(MountedCatalog.SECRETS);
        secret.ifPresent(value -> plain.put(value.kind().property(), MountedCatalog.MASK));
        MountedCatalog kept = new MountedCatalog(wanted.kind(), wanted.warehouse(), wanted.name(), wanted.uri(), plain);
        database.inTransaction(() -> {
            store.put(caller.tenantId(), kept, caller.name(), clock.instant());
            sealed.remove(sealedName(caller.tenantId()));
            secret.ifPresent(value -> sealed.put(sealedName(caller.tenantId()), value.bytes()));
            audit.record(
                    caller,
                    Verb.MANAGE,
                    setting(),
                    Audit.Outcome.DONE,
                    Map.of("what", "catalog", "kind", kept.kind().text(), "name", kept.name()));
        });
    }

    /** The secret that is sent, or the one that is kept, for the address that it was sent for and no other. */
    private Optional<CatalogSecret> secret(Caller caller, MountedCatalog wanted) {
        for (CatalogSecret.Kind kind : CatalogSecret.Kind.values()) {
            String value = wanted.properties().get(kind.property());
            if (MountedCatalog.MASK.equals(value)) {
                Optional<CatalogSecret> known = store.find(caller.tenantId())
                        .filter(wanted::asksWhere)
                        .flatMap(before -> kept(caller))
                        .filter(secret -> secret.kind() == kind);
                return Optional.of(known.orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "The property %s is masked, and none is kept for this address; send the secret itself"
                                .formatted(kind.property()))));
            }
            if (value != null) {
                return Optional.of(new CatalogSecret(kind, value).opened(caller, stored));
            }
        }
        return Optional.empty();
    }

    private Optional<CatalogSecret> kept(Caller caller) {
        return sealed.find(sealedName(caller.tenantId())).map(CatalogSecret::of);
    }

    /** The names of all namespaces and tables of the catalog that the tenant looks at; empty when that is its own. */
    public Optional<CatalogNames> names(Caller caller) {
        access.requireSomebody(caller);
        return foreign(caller).map(mounted -> {
            if (!sees(caller, mounted)) {
                return new CatalogNames(List.of(), List.of());
            }
            ForeignCatalog.Contents contents =
                    open(caller, mounted).contents(new TableChoice(List.of(), List.of()), () -> {});
            return new CatalogNames(
                    contents.namespaces().stream()
                            .filter(namespace -> named(namespace, "t").isPresent())
                            .map(TableChoice::text)
                            .sorted()
                            .toList(),
                    contents.tables().stream()
                            .flatMap(table -> named(table.namespace(), table.name()).stream())
                            .sorted(Comparator.comparing(TableName::namespaceText)
                                    .thenComparing(TableName::table))
                            .toList());
        });
    }

    /** What cannot be named here is not shown: a table of no namespace, a level with dots. */
    private static Optional<TableName> named(Namespace namespace, String table) {
        try {
            return Optional.of(new TableName(TableName.DEFAULT_CATALOG, List.of(namespace.levels()), table));
        } catch (TarnException e) {
            return Optional.empty();
        }
    }

    /**
     * A table of the catalog that the tenant looks at; empty when that is its own.
     *
     * @throws TarnException {@code UNKNOWN_TABLE} also for who may not see the catalog
     */
    public Optional<ForeignTable> table(Caller caller, TableName name) {
        access.requireSomebody(caller);
        return foreign(caller).map(mounted -> {
            TableIdentifier table =
                    TableIdentifier.of(Namespace.of(name.namespace().toArray(new String[0])), name.table());
            ForeignCatalog.Loaded loaded = Optional.of(mounted)
                    .filter(any -> sees(caller, mounted))
                    .flatMap(any -> open(caller, mounted).load(table))
                    .orElseThrow(() -> new TarnException(
                            ErrorCode.UNKNOWN_TABLE,
                            "There is no table %s in the catalog %s".formatted(name.textInCatalog(), mounted.name())));
            return tables.open(caller, name, loaded.metadataLocation(), loaded.metadata());
        });
    }

    private Optional<MountedCatalog> foreign(Caller caller) {
        return store.find(caller.tenantId()).filter(mounted -> mounted.kind() != MountedCatalog.Kind.OWN);
    }

    private boolean sees(Caller caller, MountedCatalog mounted) {
        return access.allows(caller, Verb.DESCRIBE, Resource.catalog(mounted.name()));
    }

    private ForeignCatalog open(Caller caller, MountedCatalog mounted) {
        sources.require(caller, mounted.source());
        return sources.open(caller, mounted.source(), kept(caller));
    }

    private static Resource setting() {
        return new Resource(Resource.Kind.SETTING, PURPOSE);
    }

    private static SealedName sealedName(UUID tenantId) {
        return new SealedName(tenantId, PURPOSE, "drls");
    }
}
