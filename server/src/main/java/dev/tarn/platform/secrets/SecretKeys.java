package dev.tarn.platform.secrets;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;

/**
 * Which key the database says is in use, and this server's copy of it. The database decides, so that all servers on it seal
 * with the same key also while a rotation runs.
 */
final class SecretKeys {
    private final Database database;
    private final SecretKeyStore store;
    private final KeyRing ring;
    private final Clock clock;

    SecretKeys(Database database, SecretKeyStore store, KeyRing ring, Clock clock) {
        this.database = database;
        this.store = store;
        this.ring = ring;
        this.clock = clock;
    }

    /**
     * Makes sure that this server can open the database's secrets; a database without a key takes this server's.
     *
     * @throws TarnException {@code INTERNAL} when it cannot: then it must not start
     */
    void begin() {
        if (store.current().isEmpty()) {
            SealingKey first = ring.isEmpty() ? ring.add() : ring.all().getFirst();
            database.inTransaction(() -> store.begin(first.id(), clock.instant()));
        }
        requireHere(store.current().orElseThrow());
        store.retiring().ifPresent(this::requireHere);
    }

    private void requireHere(String id) {
        if (ring.find(id).isEmpty()) {
            throw new TarnException(
                    ErrorCode.INTERNAL,
                    "The secrets in the database are sealed with the key %s, which is not in %s; %s"
                            .formatted(id, ring.source(), advice()));
        }
    }

    private String advice() {
        return ring.isGiven()
                ? "give this server the TARN_SECRET_KEY of the other servers"
                : "bring that file back from a backup, or give all servers of this database the same TARN_SECRET_KEY";
    }

    /** The key that seals. */
    SealingKey current() {
        return named(store.current().orElseThrow(() -> new IllegalStateException("begin() comes first")));
    }

    /** The key of that id. */
    SealingKey named(String id) {
        return ring.find(id)
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INTERNAL,
                        "A secret is sealed with the key %s, which this server does not have: the key was rotated; start it with the new key"
                                .formatted(id)));
    }
}
