package dev.tarn.platform.secrets;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals with AES-256-GCM. A sealed text is base 64 of: format, key id, a nonce of 96 random bits, ciphertext with tag. Format, key
 * id and the value's whole name are authenticated with it. Random nonces are safe for 2^32 values a key, far beyond what a
 * server keeps.
 */
final class SecretBox {
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEAD_BYTES = 1 + SealingKey.ID_BYTES + NONCE_BYTES;

    private final RandomGenerator random;

    SecretBox(RandomGenerator random) {
        this.random = random;
    }

    String seal(SealingKey key, SealedName name, byte[] value) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, name).doFinal(value);
            ByteBuffer text = ByteBuffer.allocate(HEAD_BYTES + sealed.length);
            text.put(FORMAT).put(key.idBytes()).put(nonce).put(sealed);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
    }

    /**
     * Opens what {@link #seal} made for the same name with the same key.
     *
     * @throws TarnException {@code INTERNAL} when it was altered, or belongs to another name
     */
    byte[] open(SealingKey key, SealedName name, String sealed) {
        try {
            byte[] text = Base64.getUrlDecoder().decode(sealed);
            if (text.length < HEAD_BYTES + TAG_BYTES
                    || text[0] != FORMAT
                    || !Arrays.equals(text, 1, 1 + SealingKey.ID_BYTES, key.idBytes(), 0, SealingKey.ID_BYTES)) {
                throw new GeneralSecurityException("Neither format nor key are those of the row");
            }
            byte[] nonce = new byte[NONCE_BYTES];
            ByteBuffer.wrap(text).position(1 + SealingKey.ID_BYTES).get(nonce);
            return cipher(Cipher.DECRYPT_MODE, key, nonce, name).doFinal(text, HEAD_BYTES, text.length - HEAD_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw altered(name, e);
        }
    }

    private static Cipher cipher(int mode, SealingKey key, byte[] nonce, SealedName name)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.cipherKey(), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(new byte[] {FORMAT});
        cipher.updateAAD(key.idBytes());
        for (String part : List.of(name.tenantId().toString(), name.purpose(), name.name())) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            // Its length first, so that no two names read alike.
            cipher.updateAAD(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            cipher.updateAAD(bytes);
        }
        return cipher;
    }

    private static TarnException altered(SealedName name, Exception cause) {
        return new TarnException(
                ErrorCode.INTERNAL,
                "A stored secret (%s) does not open: its row was altered after it was sealed; store it again"
                        .formatted(name.purpose()),
                cause);
    }
}
