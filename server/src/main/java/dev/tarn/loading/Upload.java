package dev.tarn.loading;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A body as it arrives, kept in a scratch file: types come from the whole file, so it may be read more than once. UTF-16 is
 * known by its mark and becomes UTF-8 on the way; a mark of UTF-8 is left out.
 */
final class Upload implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    private final Path file;
    private final long bytes;

    private Upload(Path file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    static Upload receive(InputStream body, Path file, long limit, String name, Cancellation cancellation) {
        Counted counted = new Counted(body, limit, cancellation);
        boolean whole = false;
        try {
            BufferedInputStream in = new BufferedInputStream(counted, BUFFER);
            copy(in, file, name);
            whole = true;
            return new Upload(file, counted.count);
        } finally {
            if (!whole) {
                delete(file);
            }
        }
    }

    private static void copy(BufferedInputStream in, Path file, String name) {
        try (OutputStream out = Files.newOutputStream(file)) {
            in.mark(4);
            byte[] mark = in.readNBytes(3);
            in.reset();
            if (startsWith(mark, 0xFE, 0xFF)) {
                transcode(in, out, StandardCharsets.UTF_16BE);
            } else if (startsWith(mark, 0xFF, 0xFE)) {
                transcode(in, out, StandardCharsets.UTF_16LE);
            } else {
                if (startsWith(mark, 0xEF, 0xBB, 0xBF)) {
                    in.skipNBytes(3);
                }
                in.transferTo(out);
            }
        } catch (CharacterCodingException e) {
            throw new TarnException(
                    ErrorCode.BAD_FILE, "The file %s begins as UTF-16 and is not; send it as UTF-8".formatted(name), e);
        } catch (BrokenBodyException e) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The upload of %s was cut off; nothing was loaded, send it again".formatted(name),
                    e);
        } catch (IOException e) {
            throw new TarnException(
                    ErrorCode.STORAGE_FULL,
                    "There is no room for %s on the server's disk; nothing was loaded".formatted(name),
                    e);
        }
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static void transcode(InputStream in, OutputStream out, Charset charset) throws IOException {
        in.skipNBytes(2);
        Reader reader = new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        reader.transferTo(writer);
        writer.flush();
    }

    Path file() {
        return file;
    }

    /** Bytes as they were sent. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        delete(file);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Tells a body that breaks off from a disk that is full, and ends a body that is too long. */
    private static final class Counted extends InputStream {
        private final InputStream body;
        private final long limit;
        private final Cancellation cancellation;
        private long count;

        Counted(InputStream body, long limit, Cancellation cancellation) {
            this.body = body;
            this.limit = limit;
            this.cancellation = cancellation;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int read = read(one, 0, 1);
            return read < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (cancellation.requested()) {
                throw cancellation.failure();
            }
            int read;
            try {
                read = body.read(bytes, offset, length);
            } catch (IOException e) {
                throw new BrokenBodyException(e);
            }
            count += Math.max(read, 0);
            if (count > limit) {
                throw new TarnException(
                        ErrorCode.PAYLOAD_TOO_LARGE, "The upload is larger than %d bytes".formatted(limit));
            }
            return read;
        }
    }

    private static final class BrokenBodyException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenBodyException(IOException cause) {
            super(cause);
        }
    }
}
