package dev.tarn.platform.secrets;

import dev.tarn.platform.MovableClock;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** Sealed values for tests of other modules, with a key of their own. */
public final class TestSecrets {
    /** The key, as {@code TARN_SECRET_KEY} holds it. */
    public static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private TestSecrets() {}

    /** Those of a database that no other key was used on. */
    public static SealedValues on(Database database) {
        Random random = new Random(11);
        KeyRing ring = KeyRing.open(Path.of("no-such-file"), Optional.of(KEY), random);
        return SecretParts.begin(database, ring, random, new MovableClock()).values();
    }

    /** Those of a database whose key is, or will be, in the {@code secret.key} of a home folder. */
    public static SealedValues inHome(Database database, Path home) {
        Random random = new Random(12);
        KeyRing ring = KeyRing.open(home.resolve("secret.key"), Optional.empty(), random);
        return SecretParts.begin(database, ring, random, new MovableClock()).values();
    }
}
