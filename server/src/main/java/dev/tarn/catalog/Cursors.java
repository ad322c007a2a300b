package dev.tarn.catalog;

import dev.tarn.platform.PageRequest;
import java.util.Optional;

/** Places in lists of names as text. */
final class Cursors {
    private static final char SEPARATOR = '\u001f';

    private Cursors() {}

    static String of(CatalogStore.Place place) {
        return place.namespace() + SEPARATOR + place.name();
    }

    static CatalogStore.Place place(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return CatalogStore.Place.START;
        }
        String text = cursor.get();
        int separator = text.indexOf(SEPARATOR);
        if (separator < 0) {
            throw PageRequest.unknownCursor(new IllegalArgumentException("no separator"));
        }
        return new CatalogStore.Place(text.substring(0, separator), text.substring(separator + 1));
    }
}
