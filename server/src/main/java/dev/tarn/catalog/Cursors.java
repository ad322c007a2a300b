package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Places in lists of names as texts that callers need not understand. */
final class Cursors {
    private static final char SEPARATOR = '\u001f';

    private Cursors() {}

    static String of(CatalogStore.Place place) {
        String text = place.namespace() + SEPARATOR + place.name();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static CatalogStore.Place place(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return CatalogStore.Place.START;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor.get()), StandardCharsets.UTF_8);
            int separator = text.indexOf(SEPARATOR);
            if (separator >= 0) {
                return new CatalogStore.Place(text.substring(0, separator), text.substring(separator + 1));
            }
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
        throw wrong(new IllegalArgumentException("no separator"));
    }

    private static TarnException wrong(Exception cause) {
        return new TarnException(
                ErrorCode.INVALID_REQUEST,
                "The cursor is not one that this list gave; leave it out to begin at the first page",
                cause);
    }
}
