package dev.tarn.access;

import java.util.UUID;

/**
 * A user of one tenant.
 *
 * @param name unique on the server whatever its case; the sign-in form names no tenant
 * @param operator whether the user also looks after the server: tenants, settings
 */
record User(UUID tenantId, UUID id, String name, boolean operator) {}
