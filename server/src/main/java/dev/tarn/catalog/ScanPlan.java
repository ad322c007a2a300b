package dev.tarn.catalog;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A plan that a client was told of.
 *
 * @param userId who has asked for it; whoever else may read all of the table can go on with it
 * @param snapshotId the version that is scanned; empty for a table that had none
 * @param schemaId the columns that its names mean
 * @param request what was asked for, as the protocol writes it
 */
record ScanPlan(
        UUID tenantId,
        UUID userId,
        UUID id,
        String tableUuid,
        OptionalLong snapshotId,
        int schemaId,
        String request,
        Instant expiresAt) {}
