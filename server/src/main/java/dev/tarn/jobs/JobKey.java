package dev.tarn.jobs;

import java.util.UUID;

/** Which job. */
record JobKey(UUID tenantId, UUID id) {}
