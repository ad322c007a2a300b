package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.secrets.SealedName;
import dev.tarn.platform.secrets.SealedValues;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * The keys of access tokens: one signs, those before it verify until their last token has expired. All servers of a database
 * share them: which one signs, and what still verifies, is read from the database each time. A private half is sealed, and is
 * gone once its key signs no more.
 */
public final class SigningKeys {
    private static final String ALGORITHM = "EC";
    private static final String CURVE = "secp256r1";
    private static final int ROUNDS = 3;

    private final Access access;
    private final Audit audit;
    private final Database database;
    private final SigningKeyStore store;
    private final Supplier<SealedValues> sealed;
    private final Duration tokensLast;
    private final Ids ids;
    private final Clock clock;
    private volatile @Nullable Signer opened;

    SigningKeys(
            Access access,
            Audit audit,
            Database database,
            SigningKeyStore store,
            Supplier<SealedValues> sealed,
            Duration tokensLast,
            Ids ids,
            Clock clock) {
        this.access = access;
        this.audit = audit;
        this.database = database;
        this.store = store;
        this.sealed = sealed;
        this.tokensLast = tokensLast;
        this.ids = ids;
        this.clock = clock;
    }

    /** The key that signs, with its private half. */
    record Signer(UUID keyId, ECPrivateKey privateKey) {}

    /**
     * What a rotation did.
     *
     * @param keyId the key that signs now
     * @param oldVerifyUntil when the last token of an older key ends at the latest
     */
    public record Rotated(UUID keyId, Instant oldVerifyUntil) {}

    /**
     * Lets another key sign from now on. Tokens of older keys open until they expire, or end at once, which one wants when a key
     * has become known; their users refresh them.
     *
     * @throws TarnException {@code CONFLICT} when another server rotates at the same moment
     */
    public Rotated rotate(Caller caller, boolean endOldTokens) {
        access.requireOperator(caller);
        signer(); // so that there is one to replace
        try {
            return database.inTransaction(() -> {
                Instant now = clock.instant();
                Instant end = endOldTokens ? now : now.plus(tokensLast);
                store.forget(now);
                store.signing()
                        .filter(old -> store.retire(old, end))
                        .ifPresent(old -> sealed.get().remove(name(old)));
                if (endOldTokens) {
                    store.endRetired(now);
                }
                UUID fresh = insert(now);
                audit.record(
                        caller,
                        Verb.ALTER,
                        new Resource(Resource.Kind.SETTING, "signing-key"),
                        Audit.Outcome.DONE,
                        Map.of("key", fresh.toString(), "end_old_tokens", endOldTokens));
                return new Rotated(fresh, end);
            });
        } catch (DuplicateKeyException e) {
            throw new TarnException(
                    ErrorCode.CONFLICT, "Another server rotates the signing key at this moment; try again", e);
        }
    }

    /** The key that signs; it is made when there is none. Not inside a transaction: of two servers that make one, one fails. */
    Signer signer() {
        for (int round = 0; round < ROUNDS; round++) {
            UUID keyId = store.signing().orElseGet(this::first);
            Signer known = opened;
            if (known != null && known.keyId().equals(keyId)) {
                return known;
            }
            // Empty when a rotation has come between the two reads.
            Optional<byte[]> privateHalf = sealed.get().find(name(keyId));
            if (privateHalf.isPresent()) {
                Signer fresh = new Signer(keyId, privateKey(privateHalf.get()));
                opened = fresh;
                return fresh;
            }
        }
        throw new TarnException(ErrorCode.CONFLICT, "The signing key is being rotated; try again");
    }

    private UUID first() {
        try {
            return database.inTransaction(() -> insert(clock.instant()));
        } catch (DuplicateKeyException e) {
            return store.signing().orElseThrow(() -> e); // another server was faster
        }
    }

    private UUID insert(Instant now) {
        KeyPair pair = generate();
        UUID keyId = ids.next();
        store.insert(keyId, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()), now);
        sealed.get().put(name(keyId), pair.getPrivate().getEncoded());
        return keyId;
    }

    /** The public half of the key of that id, while it verifies. */
    Optional<ECPublicKey> verifying(UUID keyId) {
        return store.verifying(keyId, clock.instant()).map(SigningKeys::publicKey);
    }

    private static SealedName name(UUID keyId) {
        return new SealedName(SealedName.SERVER, "signing-key", keyId.toString());
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + CURVE, e);
        }
    }

    private static ECPrivateKey privateKey(byte[] encoded) {
        try {
            return (ECPrivateKey) KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The kept private half of the signing key is none", e);
        }
    }

    private static ECPublicKey publicKey(String encoded) {
        try {
            return (ECPublicKey) KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The kept public half of a signing key is none", e);
        }
    }
}
