package dev.tarn.worker.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Where the bytes of values go. */
interface ByteTarget {
    void put(int value) throws IOException;

    void put(byte[] bytes, int start, int length) throws IOException;

    default void put(byte[] bytes) throws IOException {
        put(bytes, 0, bytes.length);
    }

    default void put(String text) throws IOException {
        put(text.getBytes(UTF_8));
    }

    /** One value in memory, for formats that put one text into another. */
    final class Memory extends ByteArrayOutputStream implements ByteTarget {
        private static final int KEPT_BYTES = 1 << 20;

        @Override
        public void put(int value) {
            write(value);
        }

        @Override
        public void put(byte[] bytes, int start, int length) {
            write(bytes, start, length);
        }

        byte[] array() {
            return buf;
        }

        /** Forgets the value, and the memory of a very large one. */
        void clear() {
            reset();
            if (buf.length > KEPT_BYTES) {
                buf = new byte[KEPT_BYTES];
            }
        }
    }
}
