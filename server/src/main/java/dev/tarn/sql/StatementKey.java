package dev.tarn.sql;

import java.util.UUID;

/** A running statement: its id is the client's own, so it names nothing without the user. */
record StatementKey(UUID tenantId, UUID userId, UUID id) {}
