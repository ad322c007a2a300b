package dev.tarn.platform.workers;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import dev.tarn.worker.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** What a worker reports, as what a caller is told. */
public final class WorkerFailures {
    private WorkerFailures() {}

    /**
     * The exception for a failure.
     *
     * @param text the caller's text that the failure's offset points into, or null when there is none
     */
    public static TarnException translate(Failure failure, @Nullable String text) {
        TarnException told = new TarnException(code(failure.kind()), failure.message())
                .with("line", failure.line() > 0 ? failure.line() : null)
                .with("column", failure.column())
                .with("value", failure.value());
        return text != null && failure.offset() >= 0 ? told.at(TextPosition.of(text, failure.offset(), 0)) : told;
    }

    private static ErrorCode code(Failure.Kind kind) {
        return switch (kind) {
            case SYNTAX -> ErrorCode.SYNTAX_ERROR;
            case BINDING -> ErrorCode.BINDING_ERROR;
            case UNKNOWN_TABLE -> ErrorCode.UNKNOWN_TABLE;
            case TYPE -> ErrorCode.TYPE_ERROR;
            case OUT_OF_MEMORY -> ErrorCode.RESOURCE_EXCEEDED;
            case CANCELLED -> ErrorCode.STATEMENT_CANCELLED;
            case BAD_ROW -> ErrorCode.BAD_ROW;
            case BAD_FILE -> ErrorCode.BAD_FILE;
            case STORAGE_FULL -> ErrorCode.STORAGE_FULL;
            case NOT_ALLOWED -> ErrorCode.STATEMENT_NOT_ALLOWED;
            case FORBIDDEN -> ErrorCode.FORBIDDEN;
            case IO, INTERNAL -> ErrorCode.INTERNAL;
        };
    }
}
