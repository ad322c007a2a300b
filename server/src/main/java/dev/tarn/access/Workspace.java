package dev.tarn.access;

import java.util.UUID;

/** A scope inside a tenant for history, limits and the default namespace. */
public record Workspace(UUID id, String name) {
    /** The one that every tenant has. */
    public static final String DEFAULT = "default";
}
