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

    private static final String NEXT_KEY = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

    private TestSecrets() {}

    /** Those of a database that no other key was used on. */
    public static SealedValues on(Database database) {
        return parts(database).values();
    }

    /** The rotation to the other one of two given keys. */
    public static KeyRotation rotationOn(Database database) {
        return parts(database).rotation();
    }

    private static SecretParts parts(Database database) {
        Random random = new Random(11);
        KeyRing ring = KeyRing.open(Path.of("no-such-file"), Optional.of(KEY + "," + NEXT_KEY), random);
        return SecretParts.begin(database, ring, random, new MovableClock());
    }

    /** Those of a database whose key is, or will be, in the {@code secret.key} of a home folder. */
    public static SealedValues inHome(Database database, Path home) {
        Random random = new Random(12);
        KeyRing ring = KeyRing.open(home.resolve("secret.key"), Optional.empty(), random);
        return SecretParts.begin(database, ring, random, new MovableClock()).values();
    }
}
