package dev.tarn.api;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Our own form of paging: {@code ?limit=50&cursor=...}, and {@code next_cursor} in the answer, null on the last page. */
public final class PageQuery {
    /** Of the form of our cursors, so that an older one can be told from a newer one. */
    private static final String FORM = "1.";

    private PageQuery() {}

    /** What the query parameters ask for; 50 items unless they say otherwise. */
    public static PageRequest of(@Nullable Integer limit, @Nullable String cursor) {
        return new PageRequest(
                limit == null ? PageRequest.DEFAULT : limit,
                cursor == null || cursor.isEmpty() ? Optional.empty() : Optional.of(decoded(cursor)));
    }

    /** The cursor as callers see it: text of which nothing can be read off or made up. */
    public static Optional<String> opaque(Optional<String> next) {
        return next.map(place -> Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((FORM + place).getBytes(StandardCharsets.UTF_8)));
    }

    private static String decoded(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.startsWith(FORM) && text.indexOf('\0') < 0) {
                return text.substring(FORM.length());
            }
        } catch (IllegalArgumentException e) {
            // told below, like any other text that is no cursor
        }
        throw new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The cursor is not one of ours; send next_cursor of the page before, or none");
    }
}
