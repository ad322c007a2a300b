package dev.tarn.access;

import java.util.UUID;

/** A tenant: it sees nothing of any other. */
public record Tenant(UUID id, String name) {}
