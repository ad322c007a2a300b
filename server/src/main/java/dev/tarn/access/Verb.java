package dev.tarn.access;

import java.util.Locale;

/** What a grant allows on a resource. */
public enum Verb {
    /** See that it exists, and its description. */
    DESCRIBE,
    /** Read its rows. */
    SELECT,
    /** Add rows. */
    INSERT,
    /** Make one. */
    CREATE,
    /** Change what is said about it: description, tags, properties. */
    ALTER,
    /** Replace all of its rows, or remove it. */
    DROP,
    /** Look after it: keys of other users, running statements of everybody. */
    MANAGE;

    /** The verb as it is stored and shown. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
