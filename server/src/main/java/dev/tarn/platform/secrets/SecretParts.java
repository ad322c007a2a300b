package dev.tarn.platform.secrets;

import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** The package put together, for the server and for tests. */
record SecretParts(SealedValues values, KeyRotation rotation) {

    /** Finds the database's key among this server's, and completes what a killed server left. */
    static SecretParts begin(Database database, KeyRing ring, RandomGenerator random, Clock clock) {
        return begin(
                database, new JdbcSecretKeyStore(database), new JdbcSealedValueStore(database), ring, random, clock);
    }

    static SecretParts begin(
            Database database,
            SecretKeyStore keyStore,
            SealedValueStore valueStore,
            KeyRing ring,
            RandomGenerator random,
            Clock clock) {
        SecretKeys keys = new SecretKeys(database, keyStore, ring, clock);
        SealedValues values = new SealedValues(database, valueStore, keys, random, clock);
        KeyRotation rotation = new KeyRotation(database, keyStore, valueStore, ring, keys, values, clock);
        keys.begin();
        rotation.resume();
        values.purge();
        return new SecretParts(values, rotation);
    }
}
