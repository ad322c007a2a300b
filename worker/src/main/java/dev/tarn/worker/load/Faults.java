package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import org.jspecify.annotations.Nullable;

/** The failures of a load, each with the place in the file. */
final class Faults {
    private static final int VALUE_CHARS = 200;

    private Faults() {}

    static TaskFailedException file(String message) {
        return new TaskFailedException(Failure.of(Kind.BAD_FILE, message));
    }

    static TaskFailedException row(long line, String message) {
        return row(line, null, null, message);
    }

    static TaskFailedException row(long line, @Nullable String column, @Nullable String value, String message) {
        return new TaskFailedException(new Failure(Kind.BAD_ROW, message, -1, line, column, value));
    }

    /** Text of the file as it may be shown: undecodable bytes replaced, cut to 200 characters. */
    static String shown(byte[] bytes, int start, int end) {
        String text = new String(bytes, start, Math.min(end - start, VALUE_CHARS * 4), UTF_8);
        return text.codePointCount(0, text.length()) <= VALUE_CHARS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, VALUE_CHARS));
    }
}
