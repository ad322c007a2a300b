package dev.tarn.access;

import java.util.List;
import java.util.Optional;

/**
 * A grant as it is wanted.
 *
 * @param to a role or a user; {@code role:name} or {@code user:name} when both are there
 * @param verb a verb, or {@value Verb#ANY}
 * @param on {@code kind:name}, or {@value Resource#ALL}; {@code column:table.column} is that column of the table
 */
public record NewGrant(String to, String verb, String on, Optional<List<String>> columns, Optional<String> rows) {
    public NewGrant {
        columns = columns.map(List::copyOf);
    }
}
