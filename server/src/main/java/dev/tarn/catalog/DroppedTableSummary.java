package dev.tarn.catalog;

import java.time.Instant;

/**
 * A dropped table as people see it.
 *
 * @param name that it had, in full
 * @param droppedBy the name of who dropped it
 * @param expiresAt when its files go
 */
public record DroppedTableSummary(TableName name, String droppedBy, Instant droppedAt, Instant expiresAt) {}
