package dev.tarn.worker.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** A text in quotes, as JSON wants it. */
final class JsonText {
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(UTF_8);

    private JsonText() {}

    static byte[] quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                json.append(String.format("\\u%04X", (int) c));
            } else {
                if (c == '"' || c == '\\') {
                    json.append('\\');
                }
                json.append(c);
            }
        }
        return json.append('"').toString().getBytes(UTF_8);
    }

    static void write(ByteTarget out, byte[] utf8) throws IOException {
        out.put('"');
        escape(out, utf8, utf8.length);
        out.put('"');
    }

    /** Any part of a text: what needs an escape is a byte of its own. */
    static void escape(ByteTarget out, byte[] utf8, int length) throws IOException {
        int plain = 0;
        for (int i = 0; i < length; i++) {
            byte b = utf8[i];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                out.put(utf8, plain, i - plain);
                plain = i + 1;
                escaped(out, b);
            }
        }
        out.put(utf8, plain, length - plain);
    }

    private static void escaped(ByteTarget out, byte b) throws IOException {
        out.put('\\');
        switch (b) {
            case '"', '\\' -> out.put(b);
            case '\n' -> out.put('n');
            case '\r' -> out.put('r');
            case '\t' -> out.put('t');
            case '\b' -> out.put('b');
            case '\f' -> out.put('f');
            default -> {
                out.put("u00");
                out.put(HEX[b >> 4]);
                out.put(HEX[b & 0xF]);
            }
        }
    }
}
