package dev.tarn.usage;

import java.util.UUID;

/** How much the files of a tenant take; what keeps them says so. */
public interface StoredBytes {
    /** Of all tables, old versions too, and of the platform's own files of the tenant; perhaps of some seconds ago. */
    long of(UUID tenantId);
}
