package dev.tarn.backup;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as bytes, the same for the same row whichever database it came from. */
final class RowCodec {
    private static final int NULL = 0;
    private static final int INTEGER = 1;
    private static final int TEXT = 2;
    private static final int DECIMAL = 3;
    private static final int BINARY = 4;

    /** No value of the platform's database comes near; a longer one in a file is damage. */
    private static final int LONGEST = 1 << 30;

    private RowCodec() {}

    static byte[] encode(List<? extends @Nullable Object> row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Object value : row) {
                write(out, value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte(NULL);
            case Integer number -> write(out, number.longValue());
            case Short number -> write(out, number.longValue());
            case Float number -> write(out, number.doubleValue());
            case Boolean truth -> write(out, truth ? 1L : 0L);
            case Long number -> {
                out.writeByte(INTEGER);
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte(DECIMAL);
                out.writeDouble(number);
            }
            case String text -> {
                out.writeByte(TEXT);
                writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
            }
            case byte[] bytes -> {
                out.writeByte(BINARY);
                writeBytes(out, bytes);
            }
            default ->
                throw new IllegalStateException(
                        "The database holds a value of " + value.getClass() + ", of which a backup knows nothing");
        }
    }

    static List<@Nullable Object> decode(DataInputStream in, int columns) throws IOException {
        List<@Nullable Object> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            row.add(read(in));
        }
        return row;
    }

    private static @Nullable Object read(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case NULL -> null;
            case INTEGER -> in.readLong();
            case DECIMAL -> in.readDouble();
            case TEXT -> new String(readBytes(in), StandardCharsets.UTF_8);
            case BINARY -> readBytes(in);
            default -> throw BackupFailures.altered();
        };
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST) {
            throw BackupFailures.altered();
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw BackupFailures.altered();
        }
        return bytes;
    }
}
