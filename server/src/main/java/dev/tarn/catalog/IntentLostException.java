package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.WriteIntent;

/** Somebody has taken this writer for dead; the transaction rolls back. */
final class IntentLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient WriteIntent intent;

    IntentLostException(WriteIntent intent) {
        this.intent = intent;
    }

    /** Removes what was perhaps written after the clean-up, and says so to the caller. */
    TarnException told(CatalogParts parts) {
        parts.intents().removeRefused(intent);
        return new TarnException(
                ErrorCode.CONFLICT,
                "The write to %s was silent for too long and was given up; start it again".formatted(intent.table()),
                this);
    }
}
