package dev.tarn.worker.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
    @Test
    void findsWhatALoopFinds() {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                // Few kinds of bytes, so that neighbours are alike and above the one that is looked for.
                for (int k = 0; k < bytes.length; k++) {
                    bytes[k] = (byte) (bytes[k] & 3);
                }
            }
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            byte one = (byte) random.nextInt(4);
            byte other = (byte) random.nextInt(256);
            int first = from;
            boolean ascii = true;
            while (first < to && bytes[first] != one && bytes[first] != other) {
                first++;
            }
            for (int k = from; k < to; k++) {
                ascii &= bytes[k] >= 0;
            }
            assertThat(ByteSearch.first(bytes, from, to, one, other))
                    .as("seed %d round %d", seed, i)
                    .isEqualTo(first);
            assertThat(ByteSearch.isAscii(bytes, from, to))
                    .as("seed %d round %d", seed, i)
                    .isEqualTo(ascii);
        }
    }
}
