package dev.tarn.platform;

import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param limit how many items at most, 1 to {@value #MAXIMUM}
 * @param cursor where to go on: {@link Page#next()} of the page before, or empty for the first page
 */
public record PageRequest(int limit, Optional<String> cursor) {
    /** Items on a page when the caller does not say. */
    public static final int DEFAULT = 50;

    /** Items on a page at most. */
    public static final int MAXIMUM = 1_000;

    public PageRequest {
        if (limit < 1 || limit > MAXIMUM) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The limit %d is not between 1 and %d; choose another".formatted(limit, MAXIMUM));
        }
    }

    /** What a list says of a cursor that it cannot have given. */
    public static TarnException unknownCursor(Exception cause) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The cursor is not one that this list gave; leave it out to begin at the first page",
                cause);
    }

    /** The first page, of the default size. */
    public static PageRequest first() {
        return new PageRequest(DEFAULT, Optional.empty());
    }

    /** The first page, of up to {@code limit} items. */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }
}
