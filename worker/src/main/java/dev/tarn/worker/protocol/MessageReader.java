package dev.tarn.worker.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/** Takes messages off a channel, for one thread. */
public final class MessageReader {
    private static final int KEPT_BYTES = 1 << 20;

    private final ReadableByteChannel channel;
    private final ByteBuffer incoming =
            ByteBuffer.allocateDirect(MessageWriter.BUFFER_BYTES).flip();
    private byte[] frame = new byte[1 << 12];

    public MessageReader(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /** The next message; null when the other side closed the connection between two frames. */
    public @Nullable Message read() throws IOException {
        if (!incoming.hasRemaining() && !refill()) {
            return null;
        }
        copy(frame, 4);
        int length = ByteBuffer.wrap(frame).getInt();
        if (length < 1 || length > MessageWriter.MAX_FRAME_BYTES) {
            throw new ProtocolException("A frame of " + Integer.toUnsignedString(length) + " bytes; the limit is "
                    + MessageWriter.MAX_FRAME_BYTES);
        }
        if (frame.length < length || (frame.length > KEPT_BYTES && length <= KEPT_BYTES)) {
            frame = new byte[Math.max(length, 1 << 12)];
        }
        copy(frame, length);
        return MessageCodec.decode(new FrameInput(ByteBuffer.wrap(frame, 0, length)));
    }

    private void copy(byte[] target, int length) throws IOException {
        for (int done = 0; done < length; ) {
            if (!incoming.hasRemaining() && !refill()) {
                throw new EOFException("The connection ended inside of a frame");
            }
            int count = Math.min(length - done, incoming.remaining());
            incoming.get(target, done, count);
            done += count;
        }
    }

    private boolean refill() throws IOException {
        incoming.clear();
        int count = channel.read(incoming);
        incoming.flip();
        return count > 0;
    }
}
