package dev.tarn.platform.secrets;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits that seals and opens. Its id follows from it, so that an id never stands for two keys. */
final class SealingKey {
    static final int ID_BYTES = 8;
    private static final int BYTES = 32;

    private final byte[] bytes;
    private final byte[] id;

    private SealingKey(byte[] bytes) {
        this.bytes = bytes;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("tarn secret key id\n".getBytes(StandardCharsets.UTF_8));
            byte[] hash = digest.digest(bytes);
            this.id = Arrays.copyOf(hash, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static SealingKey fresh(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SealingKey(bytes);
    }

    /**
     * Reads what {@link #text} wrote; also base 64 for addresses, and hexadecimal digits.
     *
     * @param source where the text stands, for the message
     */
    static SealingKey read(String text, String source) {
        byte[] bytes = decode(text.strip());
        if (bytes.length != BYTES) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "%s does not hold a secret key: a key is 32 random bytes in base 64; make one with: openssl rand -base64 32"
                            .formatted(source));
        }
        return new SealingKey(bytes);
    }

    private static byte[] decode(String text) {
        try {
            if (text.length() == 2 * BYTES) {
                return HexFormat.of().parseHex(text);
            }
            return text.contains("-") || text.contains("_")
                    ? Base64.getUrlDecoder().decode(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    String id() {
        return HexFormat.of().formatHex(id);
    }

    byte[] idBytes() {
        return id.clone();
    }

    SecretKey cipherKey() {
        return new SecretKeySpec(bytes, "AES");
    }

    /** The key itself, for its file. */
    String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SealingKey[" + id() + "]";
    }
}
