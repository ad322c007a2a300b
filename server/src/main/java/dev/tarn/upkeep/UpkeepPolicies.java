package dev.tarn.upkeep;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Audit.Outcome;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableInspection;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How tables are looked after: what is said of a table holds before what its namespaces say, and that before what the tenant says. */
public final class UpkeepPolicies {
    private final Access access;
    private final Audit audit;
    private final Database database;
    private final PolicyStore store;
    private final TableInspection inspection;
    private final Tables tables;
    private final Clock clock;

    UpkeepPolicies(
            Access access,
            Audit audit,
            Database database,
            PolicyStore store,
            TableInspection inspection,
            Tables tables,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.inspection = inspection;
        this.tables = tables;
        this.clock = clock;
    }

    /**
     * What is said in one place, and what holds there.
     *
     * @param place {@code tenant}, or the full name of a namespace or table
     * @param own what is said there
     * @param holds that, and what wider places and the defaults add
     */
    public record Standing(String place, UpkeepPolicy own, UpkeepPolicy holds) {}

    /** Of a table. */
    public Standing ofTable(Caller caller, TableName name) {
        access.requireSomebody(caller);
        ReadableTable table = inspection.describe(caller, name);
        Map<PolicyScope, UpkeepPolicy> all = store.all(caller.tenantId());
        return new Standing(
                table.name().text(), all.getOrDefault(scope(table), UpkeepPolicy.SILENT), holding(all, table));
    }

    /** Of a namespace. */
    public Standing ofNamespace(Caller caller, List<String> levels) {
        access.requireSomebody(caller);
        String name = tables.namespace(caller, levels);
        access.require(caller, Verb.DESCRIBE, Resource.namespace(name));
        Map<PolicyScope, UpkeepPolicy> all = store.all(caller.tenantId());
        return new Standing(
                name, all.getOrDefault(PolicyScope.namespace(name), UpkeepPolicy.SILENT), holding(all, name));
    }

    /** Of the tenant. */
    public Standing ofTenant(Caller caller) {
        access.require(caller, Verb.DESCRIBE, Resource.catalog(TableName.DEFAULT_CATALOG));
        UpkeepPolicy own = store.all(caller.tenantId()).getOrDefault(PolicyScope.TENANT, UpkeepPolicy.SILENT);
        return new Standing("tenant", own, own);
    }

    /** Says how a table is looked after; a silent policy takes away what was said. */
    public Standing putTable(Caller caller, TableName name, UpkeepPolicy policy) {
        access.requireSomebody(caller);
        ReadableTable table = inspection.manage(caller, name);
        put(caller, scope(table), Resource.table(table.name().text()), policy);
        return ofTable(caller, table.name());
    }

    /** The same of all tables in a namespace. */
    public Standing putNamespace(Caller caller, List<String> levels, UpkeepPolicy policy) {
        access.requireSomebody(caller);
        String name = tables.namespace(caller, levels);
        access.require(caller, Verb.MANAGE, Resource.namespace(name));
        put(caller, PolicyScope.namespace(name), Resource.namespace(name), policy);
        return ofNamespace(caller, levels);
    }

    /** The same of all tables of the tenant. */
    public Standing putTenant(Caller caller, UpkeepPolicy policy) {
        Resource catalog = Resource.catalog(TableName.DEFAULT_CATALOG);
        access.require(caller, Verb.MANAGE, catalog);
        put(caller, PolicyScope.TENANT, catalog, policy);
        return ofTenant(caller);
    }

    private void put(Caller caller, PolicyScope scope, Resource resource, UpkeepPolicy policy) {
        database.inTransaction(() -> {
            if (policy.said().isEmpty()) {
                store.remove(caller.tenantId(), scope);
            } else {
                store.put(caller.tenantId(), scope, policy, caller.name(), clock.instant());
            }
            audit.record(
                    caller,
                    Verb.MANAGE,
                    resource,
                    Outcome.DONE,
                    Map.of("what", "upkeep policy", "policy", policy.written()));
        });
    }

    /** All that is said in a tenant, to be asked for many tables. */
    Map<PolicyScope, UpkeepPolicy> all(Caller.Server server) {
        return store.all(server.tenantId());
    }

    static PolicyScope scope(ReadableTable table) {
        return PolicyScope.table(table.table().uuid().toString());
    }

    static UpkeepPolicy holding(Map<PolicyScope, UpkeepPolicy> all, ReadableTable table) {
        UpkeepPolicy own = all.getOrDefault(scope(table), UpkeepPolicy.SILENT);
        return own.over(holding(all, TableName.namespaceFullName(table.name().namespaceText())));
    }

    /** @param namespace full name */
    private static UpkeepPolicy holding(Map<PolicyScope, UpkeepPolicy> all, String namespace) {
        UpkeepPolicy holds = all.getOrDefault(PolicyScope.TENANT, UpkeepPolicy.SILENT);
        for (String outer : withOuter(namespace)) {
            holds = Optional.ofNullable(all.get(PolicyScope.namespace(outer)))
                    .orElse(UpkeepPolicy.SILENT)
                    .over(holds);
        }
        return holds;
    }

    /** The outermost first. */
    private static List<String> withOuter(String namespace) {
        List<String> names = new ArrayList<>();
        for (int dot = namespace.indexOf('.', namespace.indexOf('.') + 1);
                dot >= 0;
                dot = namespace.indexOf('.', dot + 1)) {
            names.add(namespace.substring(0, dot));
        }
        names.add(namespace);
        return names;
    }
}
