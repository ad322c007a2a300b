package dev.tarn.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Dropped tables with changes of a script that are not true yet. */
final class StagedDroppedTables implements DroppedTableStore {
    private final DroppedTableStore base;
    private final List<DroppedTable> added = new ArrayList<>();
    private final Set<UUID> removed = new HashSet<>();

    StagedDroppedTables(DroppedTableStore base) {
        this.base = base;
    }

    @Override
    public void insert(DroppedTable table) {
        added.add(table);
    }

    @Override
    public List<DroppedTable> list(UUID tenantId, int limit) {
        return with(base.list(tenantId, limit + removed.size()), limit, table -> true);
    }

    @Override
    public List<DroppedTable> named(UUID tenantId, String namespace, String name, int limit) {
        return with(
                base.named(tenantId, namespace, name, limit + removed.size()),
                limit,
                table -> table.namespace().equalsIgnoreCase(namespace)
                        && table.name().equalsIgnoreCase(name));
    }

    private List<DroppedTable> with(List<DroppedTable> known, int limit, Predicate<DroppedTable> wanted) {
        return Stream.concat(added.reversed().stream().filter(wanted), known.stream())
                .filter(table -> !removed.contains(table.id()))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<DroppedTable> find(UUID tenantId, UUID id) {
        return Stream.concat(added.stream(), base.find(tenantId, id).stream())
                .filter(table -> table.id().equals(id) && !removed.contains(id))
                .findFirst();
    }

    /** What is true already: it tells whether a commit happened. */
    @Override
    public boolean contains(DroppedTable table) {
        return base.contains(table);
    }

    @Override
    public boolean remove(DroppedTable table) {
        boolean known = added.stream().anyMatch(one -> one.id().equals(table.id())) || base.contains(table);
        return known && removed.add(table.id());
    }

    /** Files of tables go when a script's changes are true. */
    @Override
    public List<DroppedTable> expired(Instant now, int limit) {
        return List.of();
    }
}
