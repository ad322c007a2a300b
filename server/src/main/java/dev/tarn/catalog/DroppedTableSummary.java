package dev.tarn.catalog;

import java.time.Instant;
import java.util.UUID;

/**
 * A dropped table as people see it.
 *
 * @param name that it had, in full
 * @param droppedBy the name of who dropped it
 * @param expiresAt when its files go
 */
public record DroppedTableSummary(UUID id, TableName name, String droppedBy, Instant droppedAt, Instant expiresAt) {}
