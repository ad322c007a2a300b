package dev.tarn.platform.secrets;

import java.util.UUID;

/**
 * What a sealed value is called. The name is bound into the sealed text: a value that somebody moves to another tenant, purpose
 * or name inside the database does not open there.
 *
 * @param purpose what the value is for, one word a kind: {@code stored-secret}, {@code signing-key}
 * @param name which of that kind; an id when there is one
 */
public record SealedName(UUID tenantId, String purpose, String name) {
    /** Instead of a tenant, for what belongs to the whole server. */
    public static final UUID SERVER = new UUID(0, 0);
}
