package dev.tarn.sql;

import dev.tarn.catalog.TableName;
import java.util.UUID;

/**
 * A result as a table.
 *
 * @param id the statement
 * @param rows that were written
 * @param snapshotId of the table, with these rows
 */
public record TableOutcome(UUID id, TableName table, long rows, long snapshotId, long elapsedMs, long bytesScanned) {}
