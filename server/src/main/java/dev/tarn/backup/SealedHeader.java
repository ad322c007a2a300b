package dev.tarn.backup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first bytes of a backup file, all that is not encrypted: the mark, the cost of a guess, the salt, and the length of
 * the whole file. Behind them stand a plain hash of these bytes and one under the passphrase. So four troubles are told
 * apart: the plain hash is wrong (damaged), the file is shorter than it says (cut off), the hash under the passphrase is
 * wrong (another passphrase), or a chunk does not open (damaged).
 */
final class SealedHeader {
    static final byte[] MARK = "TARNBKUP".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** Everything but the length, which is known last: what every chunk is bound to. */
    private static final int FIXED_BYTES = MARK.length + 4 * Integer.BYTES + SALT_BYTES;

    private static final int PLAIN_BYTES = FIXED_BYTES + Long.BYTES;
    static final int BYTES = PLAIN_BYTES + 2 * HASH_BYTES;

    private final Passphrase.Cost cost;
    private final byte[] salt;
    private final long length;

    /** {@code length} is that of the whole file in bytes. */
    SealedHeader(Passphrase.Cost cost, byte[] salt, long length) {
        this.cost = cost;
        this.salt = salt;
        this.length = length;
    }

    long length() {
        return length;
    }

    SealedHeader withLength(long known) {
        return new SealedHeader(cost, salt, known);
    }

    SealingKeys keys(Passphrase passphrase) {
        return SealingKeys.of(passphrase, cost, salt);
    }

    private byte[] plain() {
        return ByteBuffer.allocate(PLAIN_BYTES)
                .put(MARK)
                .putInt(VERSION)
                .putInt(cost.memoryKib())
                .putInt(cost.passes())
                .putInt(cost.lanes())
                .put(salt)
                .putLong(length)
                .array();
    }

    byte[] fixed() {
        return Arrays.copyOf(plain(), FIXED_BYTES);
    }

    byte[] sealed(SealingKeys keys) {
        byte[] plain = plain();
        return ByteBuffer.allocate(BYTES)
                .put(plain)
                .put(sha256(plain))
                .put(keys.hash(plain))
                .array();
    }

    /** Reads {@link #BYTES} bytes that begin with the mark. */
    static SealedHeader read(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] plain = new byte[PLAIN_BYTES];
        byte[] hash = new byte[HASH_BYTES];
        buffer.get(plain).get(hash);
        if (!MessageDigest.isEqual(hash, sha256(plain))) {
            throw BackupFailures.altered();
        }
        ByteBuffer fields = ByteBuffer.wrap(plain).position(MARK.length);
        int version = fields.getInt();
        if (version != VERSION) {
            throw BackupFailures.newerFormat(version);
        }
        Passphrase.Cost cost = new Passphrase.Cost(fields.getInt(), fields.getInt(), fields.getInt());
        if (!cost.bearable()) {
            throw BackupFailures.altered();
        }
        byte[] salt = new byte[SALT_BYTES];
        fields.get(salt);
        return new SealedHeader(cost, salt, fields.getLong());
    }

    /** Whether the bytes of {@link #sealed} were made with these keys. */
    boolean madeWith(SealingKeys keys, byte[] bytes) {
        byte[] hash = Arrays.copyOfRange(bytes, PLAIN_BYTES + HASH_BYTES, BYTES);
        return MessageDigest.isEqual(hash, keys.hash(plain()));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** The two keys of one file. */
    record SealingKeys(SecretKeySpec content, SecretKeySpec header) {
        static SealingKeys of(Passphrase passphrase, Passphrase.Cost cost, byte[] salt) {
            byte[] derived = passphrase.derive(cost, salt);
            int half = Passphrase.DERIVED_BYTES / 2;
            return new SealingKeys(
                    new SecretKeySpec(derived, 0, half, "AES"), new SecretKeySpec(derived, half, half, "HmacSHA256"));
        }

        byte[] hash(byte[] bytes) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(header);
                return mac.doFinal(bytes);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every JDK has HmacSHA256", e);
            }
        }
    }
}
