package dev.tarn.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to say about a table. What is absent stays as it is.
 *
 * @param description an empty text removes it
 * @param tags all of them, in their order
 * @param columns descriptions by column name; an empty text removes one
 */
public record TableEdits(Optional<String> description, Optional<List<String>> tags, Map<String, String> columns) {
    public TableEdits {
        tags = tags.map(List::copyOf);
        columns = Map.copyOf(columns);
    }
}
