package dev.tarn.worker.load;

import java.util.Arrays;

/**
 * Walks over the JSON of one record (RFC 8259, and the bare words NaN and Infinity that many programs write). A text's escapes are
 * undone in place, so whoever wants a value as it stands asks for its range first.
 */
final class JsonCursor {
    static final int MAX_DEPTH = 200;

    enum Kind {
        NULL,
        BOOLEAN,
        NUMBER,
        TEXT,
        OBJECT,
        ARRAY
    }

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int depth;
    private int valueStart;
    private int valueEnd;
    private boolean raw;

    void over(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
        depth = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return at;
    }

    /** Of the last scalar: where its text begins, without quotes. */
    int start() {
        return valueStart;
    }

    int end() {
        return valueEnd;
    }

    /** What begins here, after blanks. */
    Kind kind() throws JsonFault {
        skipBlanks();
        if (at >= end) {
            throw new JsonFault("ends in the middle of a value");
        }
        return switch (bytes[at]) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.TEXT;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'N', 'I' -> Kind.NUMBER;
            default -> throw unexpected();
        };
    }

    /** Enters the object or array that begins here. */
    void enter() throws JsonFault {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new JsonFault("is nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    /** Whether an object or array goes on, and then past the comma; else past its end. {@code first} right after {@link #enter}. */
    boolean more(boolean first, char close) throws JsonFault {
        skipBlanks();
        if (at < end && bytes[at] == close) {
            at++;
            depth--;
            return false;
        }
        if (!first) {
            expect(',');
            skipBlanks();
        }
        return true;
    }

    /** Reads the name of a field and its colon; {@link #start} and {@link #end} are those of the name. */
    void name() throws JsonFault {
        skipBlanks();
        if (at >= end || bytes[at] != '"') {
            throw at >= end ? new JsonFault("ends in the middle of an object") : unexpected();
        }
        text();
        skipBlanks();
        expect(':');
    }

    /** Reads {@code name}, a text in quotes with the colon behind it, if just that stands here. */
    boolean isName(byte[] name) {
        int after = at + name.length;
        if (after > end || !Arrays.equals(bytes, at, after, name, 0, name.length)) {
            return false;
        }
        at = after;
        return true;
    }

    /** Reads the text that begins here. */
    void text() throws JsonFault {
        valueStart = at + 1;
        int i = ByteSearch.first(bytes, valueStart, end, (byte) '"', (byte) '\\');
        if (raw) {
            while (i < end && bytes[i] != '"') {
                i += bytes[i] == '\\' ? 2 : 1;
            }
            valueEnd = i;
        } else if (i < end && bytes[i] == '\\') {
            i = unescape(i);
        } else {
            valueEnd = i;
        }
        if (i >= end) {
            throw new JsonFault("has a text that is never closed");
        }
        at = i + 1;
    }

    /** Reads the number or word that begins here. */
    void scalar() throws JsonFault {
        valueStart = at;
        if (isPlainNumber()) {
            return;
        }
        while (at < end && isScalar(bytes[at])) {
            at++;
        }
        valueEnd = at;
        int length = valueEnd - valueStart;
        boolean known = switch (bytes[valueStart]) {
            case 't' -> is("true", length);
            case 'f' -> is("false", length);
            case 'n' -> is("null", length);
            case 'N' -> is("NaN", length);
            case 'I' -> is("Infinity", length);
            default -> isNumber() || is("-Infinity", length);
        };
        if (!known) {
            String word = Faults.brief(Faults.shown(bytes, valueStart, valueEnd));
            throw new JsonFault("has '" + word + "', which is no value of JSON");
        }
    }

    /** Passes over any value; what is inside of it is checked too. */
    void skip() throws JsonFault {
        Kind kind = kind();
        switch (kind) {
            case TEXT -> text();
            case NULL, BOOLEAN, NUMBER -> scalar();
            case OBJECT, ARRAY -> {
                char close = kind == Kind.OBJECT ? '}' : ']';
                enter();
                for (boolean first = true; more(first, close); first = false) {
                    if (kind == Kind.OBJECT) {
                        name();
                    }
                    skip();
                }
            }
        }
    }

    /** Passes over an object or array and leaves its text as it stands. */
    void skipRaw() throws JsonFault {
        int from = at;
        int level = depth;
        raw = true;
        try {
            skip();
        } finally {
            raw = false;
            depth = level;
        }
        valueStart = from;
        valueEnd = at;
    }

    /** Whether nothing but blanks is left. */
    boolean isAtEnd() {
        skipBlanks();
        return at >= end;
    }

    void skipBlanks() {
        while (at < end && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
    }

    private void expect(char c) throws JsonFault {
        if (at >= end) {
            throw new JsonFault("ends where '" + c + "' is expected");
        }
        if (bytes[at] != c) {
            throw unexpected();
        }
        at++;
    }

    private JsonFault unexpected() {
        String rest = Faults.cut(Faults.shown(bytes, at, Math.min(end, at + 40)), 20);
        return new JsonFault("is no JSON at '" + rest + "'");
    }

    private boolean is(String word, int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[valueStart + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Most values are numbers without exponent, and one look at each of their bytes is enough. */
    private boolean isPlainNumber() {
        int whole = bytes[at] == '-' ? at + 1 : at;
        int i = digits(whole, end);
        if (i == whole || (bytes[whole] == '0' && i > whole + 1)) {
            return false;
        }
        if (i < end && bytes[i] == '.') {
            int fraction = i + 1;
            i = digits(fraction, end);
            if (i == fraction) {
                return false;
            }
        }
        if (i < end && bytes[i] != ',' && bytes[i] != '}' && isScalar(bytes[i])) {
            return false;
        }
        valueEnd = i;
        at = i;
        return true;
    }

    private static boolean isScalar(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || b == '-'
                || b == '+'
                || b == '.'
                || b < 0;
    }

    private boolean isNumber() {
        int i = valueStart;
        if (bytes[i] == '-') {
            i++;
        }
        int whole = digits(i, valueEnd);
        if (whole == i || (bytes[i] == '0' && whole > i + 1)) {
            return false;
        }
        i = whole;
        if (i < valueEnd && bytes[i] == '.') {
            int fraction = digits(i + 1, valueEnd);
            if (fraction == i + 1) {
                return false;
            }
            i = fraction;
        }
        if (i < valueEnd && (bytes[i] | 0x20) == 'e') {
            i++;
            if (i < valueEnd && (bytes[i] == '-' || bytes[i] == '+')) {
                i++;
            }
            int exponent = digits(i, valueEnd);
            if (exponent == i) {
                return false;
            }
            i = exponent;
        }
        return i == valueEnd;
    }

    private int digits(int from, int to) {
        int i = from;
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    /** From the first backslash on; returns where the closing quote is. */
    private int unescape(int backslash) throws JsonFault {
        int read = backslash;
        int write = backslash;
        while (read < end && bytes[read] != '"') {
            if (bytes[read] != '\\') {
                bytes[write++] = bytes[read++];
                continue;
            }
            if (read + 1 >= end) {
                throw new JsonFault("has a text that is never closed");
            }
            byte escape = bytes[read + 1];
            read += 2;
            if (escape == 'u') {
                int point = hex(read);
                read += 4;
                if (Character.isHighSurrogate((char) point)
                        && read + 5 < end
                        && bytes[read] == '\\'
                        && bytes[read + 1] == 'u'
                        && Character.isLowSurrogate((char) hex(read + 2))) {
                    point = Character.toCodePoint((char) point, (char) hex(read + 2));
                    read += 6;
                }
                write = utf8(point, write);
            } else {
                bytes[write++] = plain(escape);
            }
        }
        valueEnd = write;
        return read;
    }

    private static byte plain(byte escape) throws JsonFault {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> throw new JsonFault("has a text with the unknown escape \\" + (char) escape);
        };
    }

    private int hex(int from) throws JsonFault {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < end ? Character.digit(bytes[i], 16) : -1;
            if (digit < 0) {
                throw new JsonFault("has a text with an escape \\u that lacks its four digits");
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    /** Half of a surrogate pair is no character and becomes U+FFFD. */
    private int utf8(int code, int at) {
        int point = code >= 0xD800 && code <= 0xDFFF ? 0xFFFD : code;
        int write = at;
        if (point < 0x80) {
            bytes[write++] = (byte) point;
        } else if (point < 0x800) {
            bytes[write++] = (byte) (0xC0 | (point >> 6));
            bytes[write++] = (byte) (0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            bytes[write++] = (byte) (0xE0 | (point >> 12));
            bytes[write++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            bytes[write++] = (byte) (0x80 | (point & 0x3F));
        } else {
            bytes[write++] = (byte) (0xF0 | (point >> 18));
            bytes[write++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            bytes[write++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            bytes[write++] = (byte) (0x80 | (point & 0x3F));
        }
        return write;
    }
}
