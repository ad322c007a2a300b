package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.JobOwner;
import dev.tarn.access.Resource;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A table that was dropped and can still be brought back.
 *
 * @param namespace levels joined by dots
 * @param name as it was called
 * @param metadataLocation what the name pointed to
 * @param location of all its files
 * @param owner who dropped it
 * @param expiresAt when its files go
 */
record DroppedTable(
        UUID id,
        String namespace,
        String name,
        String metadataLocation,
        String location,
        JobOwner owner,
        Instant droppedAt,
        Instant expiresAt) {

    UUID tenantId() {
        return owner.tenantId();
    }

    /** The name that it had. */
    TableName asItWas() {
        return Resolver.named(new Pointer(namespace, name, Pointer.Kind.TABLE, metadataLocation));
    }

    DroppedTableSummary summary() {
        return new DroppedTableSummary(id, asItWas(), owner.userName(), droppedAt, expiresAt);
    }

    /** What its grants are kept for meanwhile: another table may have its name. No table can be called so. */
    Resource resource() {
        return Resource.table(TableName.of(List.of(ReservedNames.DROPPED + id), List.of(namespace.split("\\.", -1)))
                .text());
    }

    /** Who dropped it, for what becomes of it without anybody's call. */
    Caller caller() {
        return owner.as(id);
    }
}
