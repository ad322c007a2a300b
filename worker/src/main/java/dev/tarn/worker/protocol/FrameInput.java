package dev.tarn.worker.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link FrameOutput} wrote; a length that the frame cannot hold is refused before memory is taken for it. */
final class FrameInput {
    private final ByteBuffer buffer;

    FrameInput(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Reads one element of a list. */
    interface Element<T> {
        T read() throws ProtocolException;
    }

    byte takeByte() throws ProtocolException {
        need(1);
        return buffer.get();
    }

    boolean takeBoolean() throws ProtocolException {
        return takeByte() != 0;
    }

    int takeInt() throws ProtocolException {
        need(4);
        return buffer.getInt();
    }

    long takeLong() throws ProtocolException {
        need(8);
        return buffer.getLong();
    }

    double takeDouble() throws ProtocolException {
        need(8);
        return buffer.getDouble();
    }

    String takeString() throws ProtocolException {
        return new String(takeBytes(), UTF_8);
    }

    @Nullable
    String takeOptionalString() throws ProtocolException {
        need(4);
        if (buffer.getInt(buffer.position()) == -1) {
            buffer.getInt();
            return null;
        }
        return takeString();
    }

    byte[] takeBytes() throws ProtocolException {
        int length = takeInt();
        need(length);
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    <T> List<T> takeList(Element<T> element) throws ProtocolException {
        int count = takeInt();
        // Every element takes at least a byte.
        need(count);
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(element.read());
        }
        return List.copyOf(values);
    }

    void end() throws ProtocolException {
        if (buffer.hasRemaining()) {
            throw new ProtocolException(buffer.remaining() + " bytes too many in a frame");
        }
    }

    private void need(int bytes) throws ProtocolException {
        if (bytes < 0 || bytes > buffer.remaining()) {
            throw new ProtocolException("A frame ends before its content does");
        }
    }
}
