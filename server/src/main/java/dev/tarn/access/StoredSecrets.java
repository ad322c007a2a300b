package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.KeyRotation;
import dev.tarn.platform.secrets.SealedName;
import dev.tarn.platform.secrets.SealedValues;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Secrets of a tenant that its settings, streams and webhooks name as {@code secret:NAME}. A value goes in, is used by the
 * server, and never comes out.
 */
public final class StoredSecrets {
    /** What a setting begins with that names a secret rather than being one. */
    public static final String REFERENCE = "secret:";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MOST_BYTES = 16 * 1024;
    private static final String PURPOSE = "stored-secret";

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final StoredSecretStore store;
    private final SealedValues sealed;
    private final KeyRotation rotation;
    private final Clock clock;

    StoredSecrets(
            Access access,
            Audit audit,
            Database database,
            StoredSecretStore store,
            SealedValues sealed,
            KeyRotation rotation,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.sealed = sealed;
        this.rotation = rotation;
        this.clock = clock;
    }

    /** The names, in order. */
    public Page<StoredSecret> list(Caller caller, PageRequest page) {
        access.require(caller, Verb.DESCRIBE, Resource.all(Resource.Kind.SECRET));
        return Page.of(
                store.list(caller.tenantId(), page.cursor().orElse(""), page.limit() + 1),
                page.limit(),
                StoredSecret::name);
    }

    /** Stores a value under a new name, or instead of the one that had the name. */
    public void put(Caller caller, String name, String value) {
        boolean known = store.exists(caller.tenantId(), name);
        Verb verb = known ? Verb.ALTER : Verb.CREATE;
        access.require(caller, verb, resource(name));
        if (!NAME.matcher(name).matches()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The name of a secret has 1 to 100 letters, digits and . _ -, and begins with a letter or a digit");
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MOST_BYTES) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The value of a secret has 1 to %,d bytes; this one has %,d".formatted(MOST_BYTES, bytes.length));
        }
        database.inTransaction(() -> {
            store.put(caller.tenantId(), name, caller.name(), clock.instant());
            sealed.put(sealedName(caller.tenantId(), name), bytes);
            audit.record(caller, verb, resource(name), Audit.Outcome.DONE, Map.of());
        });
    }

    /** Forgets a secret; what still names it fails from then on. */
    public void remove(Caller caller, String name) {
        access.require(caller, Verb.DROP, resource(name));
        database.inTransaction(() -> {
            if (!store.remove(caller.tenantId(), name)) {
                throw unknown(name);
            }
            sealed.remove(sealedName(caller.tenantId(), name));
            audit.record(caller, Verb.DROP, resource(name), Audit.Outcome.DONE, Map.of());
        });
    }

    /**
     * The value, for the server's own use on the caller's behalf; it must not be shown, logged or put into an error.
     *
     * @throws TarnException {@code NOT_FOUND} when there is none of that name
     */
    public String use(Caller caller, String name) {
        access.require(caller, Verb.USE, resource(name));
        return sealed.find(sealedName(caller.tenantId(), name))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> unknown(name));
    }

    /** Replaces the key that everything on this server is sealed with. */
    public KeyRotation.Rotated rotateKey(Caller caller) {
        access.requireOperator(caller);
        KeyRotation.Rotated rotated = rotation.rotate();
        audit.record(
                caller,
                Verb.MANAGE,
                new Resource(Resource.Kind.SETTING, "secret-key"),
                Audit.Outcome.DONE,
                Map.of("key_id", rotated.keyId(), "old_key_id", rotated.oldKeyId(), "resealed", rotated.resealed()));
        return rotated;
    }

    private static Resource resource(String name) {
        return new Resource(Resource.Kind.SECRET, name);
    }

    static SealedName sealedName(UUID tenantId, String name) {
        return new SealedName(tenantId, PURPOSE, name);
    }

    static TarnException unknown(String name) {
        return new TarnException(
                ErrorCode.NOT_FOUND, "There is no secret %s; store it with tarn secrets set %s".formatted(name, name));
    }
}
