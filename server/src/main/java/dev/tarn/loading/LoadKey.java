package dev.tarn.loading;

import java.util.UUID;

/** Which load. */
record LoadKey(UUID tenantId, UUID id) {
    /** The folder of what it left out. */
    String rejectsFolder() {
        return "rejects-" + id;
    }
}
