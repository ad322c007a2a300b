package dev.tarn.worker.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text of any charset as UTF-8. Bytes that mean nothing in it become the byte FF, which no UTF-8 text has: whoever reads finds it
 * where it is and can tell the line.
 */
final class Transcoded extends InputStream {
    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final CharBuffer characters = CharBuffer.allocate(BUFFER_BYTES);
    private final ByteBuffer text = ByteBuffer.allocate(BUFFER_BYTES * 4).limit(0);
    private boolean ended;

    Transcoded(InputStream in, Charset charset) {
        this.in = in;
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!text.hasRemaining() && length > 0) {
            if (ended) {
                return -1;
            }
            decode();
        }
        int count = Math.min(length, text.remaining());
        text.get(target, offset, count);
        return count;
    }

    private void decode() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        ended = read < 0;
        text.clear();
        CoderResult result = decoder.decode(bytes, characters, ended);
        // A half of a surrogate pair waits for the other one.
        encode();
        if (result.isError()) {
            bytes.position(bytes.position() + result.length());
            text.put((byte) 0xFF);
            ended = false;
        } else if (ended) {
            decoder.flush(characters);
            encode();
        }
        text.flip();
    }

    private void encode() {
        characters.flip();
        CoderResult result = encoder.encode(characters, text, false);
        if (result.isError()) {
            characters.position(characters.position() + result.length());
            text.put((byte) 0xFF);
        }
        characters.compact();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
