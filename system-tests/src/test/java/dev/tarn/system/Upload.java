package dev.tarn.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An upload on a connection of its own, sent piece by piece, that can be cut off or left hanging. */
final class Upload implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final boolean chunked;

    private Upload(Api api, String path, String length) throws IOException {
        this.socket = new Socket(api.server().getHost(), api.server().getPort());
        this.out = socket.getOutputStream();
        this.chunked = length.startsWith("Transfer-Encoding");
        String head = """
                POST %s HTTP/1.1
                Host: 127.0.0.1
                Authorization: Bearer %s
                Content-Type: text/csv
                Connection: close
                %s

                """.formatted(path, api.key(), length);
        out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Announces so many bytes. */
    static Upload ofLength(Api api, Load load, long bytes) {
        return ofLength(api, load.path(), bytes);
    }

    /** Announces so many bytes to any call that takes files. */
    static Upload ofLength(Api api, String path, long bytes) {
        return begin(api, path, "Content-Length: " + bytes);
    }

    /** Announces no length. */
    static Upload chunked(Api api, Load load) {
        return begin(api, load.path(), "Transfer-Encoding: chunked");
    }

    private static Upload begin(Api api, String path, String length) {
        try {
            return new Upload(api, path, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (chunked) {
                out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.write(bytes);
            if (chunked) {
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks the connection as a pulled cable and a rebooted client do: with a reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends no more; the answer can still be read. */
    void end() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the server says until it closes the connection: head and body. */
    String answer() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
