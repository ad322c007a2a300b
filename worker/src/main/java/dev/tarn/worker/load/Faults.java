package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Failure.Kind;
import org.jspecify.annotations.Nullable;

/** The failures of a load, each with the place in the file. */
final class Faults {
    /** Of a value in a file of rejected rows. */
    static final int SHOWN_CHARS = 1_000;

    private static final int FAILURE_CHARS = 200;

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

    /** As it may leave the worker: a value of at most 200 characters. */
    static TaskFailedException shortened(TaskFailedException fault) {
        Failure failure = fault.failure();
        String value = failure.value();
        return value == null || value.length() <= FAILURE_CHARS
                ? fault
                : with(failure, failure.message(), brief(value));
    }

    /** The same failure, its message beginning with the file's name. */
    static TaskFailedException in(String file, TaskFailedException fault) {
        Failure failure = fault.failure();
        return with(failure, file + ": " + failure.message(), failure.value());
    }

    private static TaskFailedException with(Failure failure, String message, @Nullable String value) {
        return new TaskFailedException(
                new Failure(failure.kind(), message, failure.offset(), failure.line(), failure.column(), value));
    }

    /** Text of the file as it may be shown: undecodable bytes replaced, cut to 1,000 characters. */
    static String shown(byte[] bytes, int start, int end) {
        return cut(new String(bytes, start, Math.min(end - start, SHOWN_CHARS * 4), UTF_8), SHOWN_CHARS);
    }

    /** A value within a sentence. */
    static String brief(String value) {
        return cut(value, FAILURE_CHARS);
    }

    static String cut(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters));
    }
}
