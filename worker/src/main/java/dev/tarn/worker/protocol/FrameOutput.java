package dev.tarn.worker.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The payload of a frame as it grows: big endian, strings as length and UTF-8, null as length -1. */
final class FrameOutput {
    private static final int KEPT_BYTES = 1 << 20;

    private byte[] bytes = new byte[1 << 12];
    private int size;

    /** Empties the buffer, and gives the memory of an unusually large frame back. */
    void reset() {
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[1 << 12];
        }
    }

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    void putByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void putBoolean(boolean value) {
        putByte(value ? 1 : 0);
    }

    void putInt(int value) {
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void putLong(long value) {
        putInt((int) (value >>> 32));
        putInt((int) value);
    }

    void putDouble(double value) {
        putLong(Double.doubleToRawLongBits(value));
    }

    void putString(@Nullable String value) {
        if (value == null) {
            putInt(-1);
        } else {
            putBytes(value.getBytes(UTF_8));
        }
    }

    void putBytes(byte[] value) {
        putInt(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    <T> void putList(List<T> values, Consumer<T> element) {
        putInt(values.size());
        values.forEach(element);
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
