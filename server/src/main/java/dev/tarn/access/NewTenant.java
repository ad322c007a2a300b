package dev.tarn.access;

import java.util.UUID;

/**
 * A tenant just made, with its first administrator; password and key are shown this once.
 *
 * @param username the administrator's name
 * @param password the administrator's password
 * @param key a key of the administrator
 */
public record NewTenant(Tenant tenant, UUID userId, String username, String password, NewKey key) {
    @Override
    public String toString() {
        return "NewTenant[" + tenant.name() + "]";
    }
}
