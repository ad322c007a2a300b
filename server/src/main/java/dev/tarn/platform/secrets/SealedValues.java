package dev.tarn.platform.secrets;

import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Secrets that the server must use again (a provider's client secret, a signing key), encrypted in one table. Whoever keeps one
 * puts it in the transaction of the row that it belongs to. It is one table so that a rotation of the key forgets nothing.
 */
public final class SealedValues {
    private final Database database;
    private final SealedValueStore store;
    private final SecretKeys keys;
    private final SecretBox box;
    private final Clock clock;

    SealedValues(Database database, SealedValueStore store, SecretKeys keys, RandomGenerator random, Clock clock) {
        this.database = database;
        this.store = store;
        this.keys = keys;
        this.box = new SecretBox(random);
        this.clock = clock;
    }

    /** Keeps the value instead of the one that had its name. */
    public void put(SealedName name, byte[] value) {
        put(name, value, Optional.empty());
    }

    /** Keeps the value for a while. */
    public void put(SealedName name, byte[] value, Duration lasts) {
        put(name, value, Optional.of(clock.instant().plus(lasts)));
    }

    private void put(SealedName name, byte[] value, Optional<Instant> expiresAt) {
        database.inTransaction(() -> {
            SealingKey key = keys.current();
            store.put(new SealedValueStore.Sealed(name, key.id(), box.seal(key, name, value)), expiresAt);
        });
    }

    /** The value of that name. */
    public Optional<byte[]> find(SealedName name) {
        return store.find(name).map(this::open);
    }

    /** Forgets the value; says no when there is none. */
    public boolean remove(SealedName name) {
        return database.inTransaction(() -> store.remove(name));
    }

    /** Forgets what has expired. */
    public void purge() {
        database.inTransaction(() -> store.purge(clock.instant()));
    }

    byte[] open(SealedValueStore.Sealed sealed) {
        return box.open(keys.named(sealed.keyId()), sealed.name(), sealed.text());
    }

    SealedValueStore.Sealed seal(SealingKey key, SealedName name, byte[] value) {
        return new SealedValueStore.Sealed(name, key.id(), box.seal(key, name, value));
    }
}
