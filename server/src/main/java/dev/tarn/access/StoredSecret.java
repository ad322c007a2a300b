package dev.tarn.access;

import java.time.Instant;

/** A stored secret without its value, which never comes back. */
public record StoredSecret(String name, Instant createdAt, Instant updatedAt, String createdBy) {}
