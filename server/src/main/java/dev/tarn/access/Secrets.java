package dev.tarn.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes what is hard to guess, and the hash that is kept of it. A random secret of 256 bits needs no slow hash. */
final class Secrets {
    private static final String SESSION_PREFIX = "dlx_ss_v1_";
    private static final String REFRESH_PREFIX = "dlx_rt_v1_";
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** 62^43 is a little more than 2^256. */
    private static final int DIGITS = 43;

    private static final int SHOWN_DIGITS = 4;
    private static final int PASSWORD_DIGITS = 24;
    private static final int SESSION_LENGTH = SESSION_PREFIX.length() + DIGITS;

    private final RandomGenerator random;

    Secrets(RandomGenerator random) {
        this.random = random;
    }

    String key(KeyPrefix prefix) {
        return prefix.text() + digits(DIGITS);
    }

    String session() {
        return SESSION_PREFIX + digits(DIGITS);
    }

    /** What a browser keeps while it is at an identity provider. */
    String ofBrowser() {
        return digits(DIGITS);
    }

    String refreshToken() {
        return REFRESH_PREFIX + digits(DIGITS);
    }

    String password() {
        return digits(PASSWORD_DIGITS);
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append(BASE62.charAt(random.nextInt(BASE62.length())));
        }
        return digits.toString();
    }

    /** The part of a key that lists show. */
    static String shownPrefix(String key) {
        return key.substring(0, key.length() - DIGITS + SHOWN_DIGITS);
    }

    /** Whether the text can be a key at all; anything else is not looked up. */
    static boolean isKey(String text) {
        return KeyPrefix.of(text)
                .filter(prefix -> text.length() == prefix.text().length() + DIGITS)
                .isPresent();
    }

    /** Whether the text can be a session's secret at all. */
    static boolean isSession(String text) {
        return text.length() == SESSION_LENGTH && text.startsWith(SESSION_PREFIX);
    }

    /** Whether the text can be a refresh token at all. */
    static boolean isRefreshToken(String text) {
        return text.length() == REFRESH_PREFIX.length() + DIGITS && text.startsWith(REFRESH_PREFIX);
    }

    /** The hash that is kept, as lower-case hexadecimal digits. */
    static String hash(String secret) {
        return HexFormat.of().formatHex(sha256(secret));
    }

    /** Whether two texts are equal, in a time that does not tell where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(sha256(one), sha256(other));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
