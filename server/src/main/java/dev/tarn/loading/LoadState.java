package dev.tarn.loading;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How far a load is. */
public enum LoadState {
    /** Its bytes arrive. */
    RECEIVING,
    /** They become data files, or wait for a place to. */
    RUNNING,
    /** Its rows are durable. */
    COMPLETED,
    /** It ended without a row; its error says why. */
    FAILED,
    /** Somebody ended it without a row. */
    CANCELLED;

    public boolean isOver() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** The state as it is stored and shown. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state that the text is. */
    public static LoadState of(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "There is no state %s; states are %s"
                                .formatted(
                                        text,
                                        Arrays.stream(values())
                                                .map(LoadState::text)
                                                .collect(Collectors.joining(", ")))));
    }
}
