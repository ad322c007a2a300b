package dev.tarn.access;

import dev.tarn.platform.secrets.SealedValues;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Values of the server's settings: what stands in {@code tarn.yaml}, or, when that is {@code secret:NAME}, the stored secret of
 * that name in the operator's tenant. It is looked up at each use, so that a new value needs no restart.
 */
public final class SettingSecrets {
    private final StoredSecretStore store;
    private final SealedValues sealed;

    SettingSecrets(StoredSecretStore store, SealedValues sealed) {
        this.store = store;
        this.sealed = sealed;
    }

    /** The value; empty when the setting names a secret that is not stored. */
    Optional<String> value(String setting) {
        if (!setting.startsWith(StoredSecrets.REFERENCE)) {
            return Optional.of(setting);
        }
        String name = setting.substring(StoredSecrets.REFERENCE.length());
        return store.operatorsTenant()
                .flatMap(tenantId -> sealed.find(StoredSecrets.sealedName(tenantId, name)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
