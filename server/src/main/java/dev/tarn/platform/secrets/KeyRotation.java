package dev.tarn.platform.secrets;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Replaces the key. The new key is in the file before the database names it; then it seals, and what the old one sealed is
 * sealed anew in batches; the database lets go of the old key only when nothing refers to it (a foreign key sees to that), and
 * the file after the database. So a server that is killed at any moment has every key that a row needs, and its next start
 * goes on.
 */
public final class KeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final int BATCH = 200;
    private static final int ROUNDS = 100;

    private final Database database;
    private final SecretKeyStore keyStore;
    private final SealedValueStore valueStore;
    private final KeyRing ring;
    private final SecretKeys keys;
    private final SealedValues values;
    private final Clock clock;

    KeyRotation(
            Database database,
            SecretKeyStore keyStore,
            SealedValueStore valueStore,
            KeyRing ring,
            SecretKeys keys,
            SealedValues values,
            Clock clock) {
        this.database = database;
        this.keyStore = keyStore;
        this.valueStore = valueStore;
        this.ring = ring;
        this.keys = keys;
        this.values = values;
        this.clock = clock;
    }

    /**
     * How a rotation ended.
     *
     * @param keyId the key that seals now
     * @param resealed how many values this call sealed anew
     */
    public record Rotated(String keyId, String oldKeyId, int resealed) {}

    /**
     * Replaces the key, or completes a replacement that was cut off.
     *
     * @throws TarnException {@code CONFLICT} when the operator gives the keys and has given no new one
     */
    public Rotated rotate() {
        if (keyStore.retiring().isEmpty()) {
            String fresh = freshKey().id();
            try {
                database.inTransaction(() -> keyStore.replace(fresh, clock.instant()));
            } catch (DuplicateKeyException e) {
                LOG.info("Another server rotates the key at this moment; this one helps");
            }
        }
        return finish();
    }

    /** The key that the operator has added, or that a rotation has made before it was cut off; else a new one. */
    private SealingKey freshKey() {
        String current = keys.current().id();
        List<String> retired = keyStore.retired();
        Optional<SealingKey> spare = ring.all().stream()
                .filter(key -> !key.id().equals(current) && !retired.contains(key.id()))
                .findFirst();
        if (spare.isEmpty() && ring.isGiven()) {
            throw new TarnException(
                    ErrorCode.CONFLICT,
                    "TARN_SECRET_KEY holds no new key: write a new one and the old one into it with a comma between them, "
                            + "on every server of this database, start the servers again, and rotate then");
        }
        return spare.orElseGet(ring::add);
    }

    /** Completes a rotation that a killed server left, and takes replaced keys out of the file. */
    void resume() {
        if (keyStore.retiring().isPresent()) {
            Rotated rotated = finish();
            LOG.info("A rotation of the secret key was cut off and is complete now: {} values", rotated.resealed());
        }
        ring.remove(keyStore.retired());
    }

    private Rotated finish() {
        String current = keys.current().id();
        String old = keyStore.retiring().orElse(current);
        int resealed = 0;
        for (int round = 0; !old.equals(current); round++) {
            resealed += resealAll(old);
            try {
                database.inTransaction(() -> keyStore.retire(old, clock.instant()));
                break;
            } catch (DataIntegrityViolationException e) {
                // A write that began before the rotation has committed since; the next round finds it.
                if (round == ROUNDS) {
                    throw e;
                }
            }
        }
        ring.remove(keyStore.retired());
        return new Rotated(current, old, resealed);
    }

    private int resealAll(String old) {
        int resealed = 0;
        while (true) {
            int done = database.inTransaction(() -> resealSome(old));
            if (done == 0) {
                return resealed;
            }
            resealed += done;
        }
    }

    private int resealSome(String old) {
        List<SealedValueStore.Sealed> some = valueStore.sealedWith(old, BATCH);
        SealingKey current = keys.current();
        for (SealedValueStore.Sealed sealed : some) {
            // A value that was put meanwhile is newer than what was read here, and is left alone.
            boolean replaced = valueStore.replace(sealed, values.seal(current, sealed.name(), values.open(sealed)));
            LOG.debug("{} {}", sealed.name().purpose(), replaced ? "sealed anew" : "was put anew");
        }
        return some.size();
    }
}
