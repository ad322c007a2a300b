package dev.tarn.backup;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What opens a backup. One text may reach us in several Unicode forms, so it is brought into one. */
public record Passphrase(String text) {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 1_024;

    /** Two keys: one for the content, one that tells a wrong passphrase from a damaged file. */
    static final int DERIVED_BYTES = 64;

    public Passphrase {
        text = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "A passphrase has %d to %,d characters; this one has %,d"
                            .formatted(SHORTEST, LONGEST, text.length()));
        }
    }

    byte[] derive(Cost cost, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] secret = text.getBytes(StandardCharsets.UTF_8);
        byte[] derived = new byte[DERIVED_BYTES];
        generator.generateBytes(secret, derived);
        Arrays.fill(secret, (byte) 0);
        return derived;
    }

    @Override
    public String toString() {
        return "Passphrase[...]";
    }

    /** What one guess costs. A file says its own, so that a later Tarn can ask for more. */
    record Cost(int memoryKib, int passes, int lanes) {
        static final Cost TODAY = new Cost(65_536, 3, 1);

        private static final int MOST_MEMORY_KIB = 1 << 20;
        private static final int MOST_PASSES = 64;
        private static final int MOST_LANES = 16;

        /** Whether a file may ask for it; more could only be meant to exhaust this machine. */
        boolean bearable() {
            return lanes >= 1
                    && lanes <= MOST_LANES
                    && passes >= 1
                    && passes <= MOST_PASSES
                    && memoryKib >= 8 * lanes
                    && memoryKib <= MOST_MEMORY_KIB;
        }
    }
}
