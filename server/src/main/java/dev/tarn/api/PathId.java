package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.UUID;

/** An id in a path. A text that is no id names nothing, so it is answered like an id that nothing has. */
public final class PathId {
    private PathId() {}

    /**
     * The id that the text is.
     *
     * @param thing what it would name, for the message
     * @throws TarnException {@code NOT_FOUND} when it is none
     */
    public static UUID of(String thing, String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new TarnException(ErrorCode.NOT_FOUND, "There is no %s with the id %s".formatted(thing, text));
    }
}
