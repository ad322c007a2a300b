package dev.tarn.api.drls;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fields of a body; null is as absent. */
final class Wanted {
    private Wanted() {}

    /** The text of a field that must be there. */
    static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new TarnException(ErrorCode.INVALID_REQUEST, "The field %s is missing; send it".formatted(field));
        }
        return value;
    }

    /** A text that may be left out; an empty one is none. */
    static Optional<String> optional(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
