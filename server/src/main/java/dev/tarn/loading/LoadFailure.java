package dev.tarn.loading;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import org.jspecify.annotations.Nullable;

/**
 * Why a load ended without a row.
 *
 * @param code as errors have it
 * @param detail one sentence
 * @param line of the file, from 1
 * @param column the file's own name of it
 * @param value that did not fit
 * @param file the name of the file
 */
public record LoadFailure(
        String code,
        String detail,
        @Nullable Long line,
        @Nullable String column,
        @Nullable String value,
        @Nullable String file) {

    static final LoadFailure SERVER_STOPPED =
            new LoadFailure(ErrorCode.STOPPING.code(), "The server stopped", null, null, null, null);

    static LoadFailure of(RuntimeException failure) {
        if (!(failure instanceof TarnException known)) {
            return new LoadFailure(
                    ErrorCode.INTERNAL.code(),
                    "The server failed at this load; its log says why",
                    null,
                    null,
                    null,
                    null);
        }
        return new LoadFailure(
                known.code().code(),
                known.message(),
                known.details().get("line") instanceof Long line ? line : null,
                text(known, "column"),
                text(known, "value"),
                text(known, "file"));
    }

    private static @Nullable String text(TarnException failure, String name) {
        return failure.details().get(name) instanceof String text ? text : null;
    }
}
