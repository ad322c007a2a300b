package dev.tarn.access;

import java.util.List;
import java.util.Optional;

/** What this module cannot know of a grant's words; the modules that own tables and statements implement it. */
public interface GrantWords {
    /**
     * The resource by its full name, as facades ask for it; as it is, when it is none of the implementer's.
     *
     * @throws dev.tarn.platform.TarnException {@code INVALID_REQUEST} for a name that cannot be
     */
    default Resource canonical(Resource resource) {
        return resource;
    }

    /**
     * Returns when the table has the columns and the expression is one for its rows.
     *
     * @param table by its full name
     * @throws dev.tarn.platform.TarnException that says what is wrong with them
     */
    default void check(Caller caller, Resource table, Optional<List<String>> columns, Optional<String> rows) {}
}
