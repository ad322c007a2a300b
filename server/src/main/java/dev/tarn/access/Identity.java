package dev.tarn.access;

import java.util.List;
import java.util.UUID;

/** Who somebody is, where, and with which roles. */
public record Identity(UUID userId, String userName, Tenant tenant, Workspace workspace, List<String> roles) {}
