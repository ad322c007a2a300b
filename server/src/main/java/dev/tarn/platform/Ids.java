package dev.tarn.platform;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes the one kind of internal id: 128 bits, time-ordered (UUID version 7, RFC 9562: 48 bits of milliseconds, then
 * random). Contracts render it with a prefix of theirs.
 */
public final class Ids {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int DIGITS = 26;

    private final Clock clock;
    private final RandomGenerator random;

    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id, later in order than those of earlier milliseconds. */
    public UUID next() {
        long high = (clock.millis() << 16) | 0x7000 | (random.nextLong() & 0x0FFF);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** The id as 26 upper-case Crockford base 32 digits, the form that {@code qry_} and its like take. */
    public static String base32(UUID id) {
        char[] digits = new char[DIGITS];
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int i = DIGITS - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(digits);
    }

    /** The id that {@link #base32} wrote; empty for any other text. */
    public static Optional<UUID> ofBase32(String text) {
        if (text.length() != DIGITS) {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | digit;
        }
        UUID id = new UUID(high, low);
        return base32(id).equals(text) ? Optional.of(id) : Optional.empty();
    }
}
