package dev.tarn.access;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Argon2id with the parameters that OWASP recommends. Hashing is dear, so only a few run at once. */
final class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    /** Of no password: verified for unknown users, so that they take as long as known ones. */
    private static final String NOBODY =
            "$argon2id$v=19$m=19456,t=2,p=1$" + "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final HashingTurns turns;

    Passwords(HashingTurns turns) {
        this.turns = turns;
    }

    /** Fails for a password that nobody should have. */
    static void requireGood(String password, String name, User.Profile profile) {
        if (password.length() < NewUser.SHORTEST_PASSWORD || password.length() > NewUser.LONGEST_PASSWORD) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A password has %d to %d characters"
                            .formatted(NewUser.SHORTEST_PASSWORD, NewUser.LONGEST_PASSWORD));
        }
        if (GuessablePasswords.contain(password, name, profile)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The password is one of those that are tried first; choose another, say four words that nobody would put"
                            + " together");
        }
    }

    String hash(String password) {
        return turns.inTurn(() -> encoder.encode(password));
    }

    /** Whether the password is the hashed one; without a hash it is not, after the same time. */
    boolean matches(String password, Optional<String> hash) {
        return turns.inTurn(() -> isRight(password, hash));
    }

    /** Whether the password is the hashed one, for who has waited for the turn by {@link #inTurnOf}. */
    boolean isRight(String password, Optional<String> hash) {
        if (password.isEmpty() || password.length() > NewUser.LONGEST_PASSWORD) {
            return false;
        }
        return encoder.matches(password, hash.orElse(NOBODY)) && hash.isPresent();
    }

    /** Does what hashes a password for somebody who signs in from that network, in turn with other networks. */
    <T> T inTurnOf(String network, Supplier<T> work) {
        return turns.inTurnOf(network, work);
    }
}
