package dev.tarn.platform.secrets;

import dev.tarn.platform.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The real stores, until a certain call: from then on every call fails, as when the process was killed. */
final class CutOffStores implements SecretKeyStore, SealedValueStore {
    private final SecretKeyStore keys;
    private final SealedValueStore values;
    private int left;

    CutOffStores(Database database, int calls) {
        this.keys = new JdbcSecretKeyStore(database);
        this.values = new JdbcSealedValueStore(database);
        this.left = calls;
    }

    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void step() {
        if (left-- <= 0) {
            throw new Killed();
        }
    }

    @Override
    public Optional<String> current() {
        return keys.current(); // reads change nothing: to be cut off there is to be cut off at the next write
    }

    @Override
    public Optional<String> retiring() {
        return keys.retiring();
    }

    @Override
    public List<String> retired() {
        step(); // comes after writes of the file too
        return keys.retired();
    }

    @Override
    public void begin(String keyId, Instant at) {
        step();
        keys.begin(keyId, at);
    }

    @Override
    public void replace(String newKeyId, Instant at) {
        step();
        keys.replace(newKeyId, at);
        step();
    }

    @Override
    public void retire(String keyId, Instant at) {
        step();
        keys.retire(keyId, at);
        step();
    }

    @Override
    public void put(Sealed sealed, Optional<Instant> expiresAt) {
        values.put(sealed, expiresAt);
    }

    @Override
    public Optional<Sealed> find(SealedName name) {
        return values.find(name);
    }

    @Override
    public boolean remove(SealedName name) {
        return values.remove(name);
    }

    @Override
    public List<Sealed> sealedWith(String keyId, int limit) {
        step();
        return values.sealedWith(keyId, limit);
    }

    @Override
    public boolean replace(Sealed old, Sealed fresh) {
        if (Integer.parseInt(old.name().name().substring(1)) % 90 == 0) {
            step();
        }
        return values.replace(old, fresh);
    }

    @Override
    public void purge(Instant now) {
        values.purge(now);
    }
}
