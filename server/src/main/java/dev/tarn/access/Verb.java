package dev.tarn.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a grant allows on a resource. */
public enum Verb {
    /** See that it exists, and its description. */
    DESCRIBE,
    /** Read its rows. */
    SELECT,
    /** Add rows. */
    INSERT,
    /** Change and delete rows. */
    UPDATE,
    /** Make one. */
    CREATE,
    /** Change what is said about it: description, tags, properties. */
    ALTER,
    /** Replace all of its rows, or remove it. */
    DROP,
    /** Ask an agent, predict with a model, run a pipeline. */
    USE,
    /** Let a pipeline into the next environment. */
    APPROVE,
    /** Look after it: upkeep and schema of tables, keys and roles of users, what everybody runs. */
    MANAGE,
    /** Give rights on it to others. */
    GRANT;

    /** All verbs, in a grant. */
    public static final String ANY = "*";

    /** The verb as it is stored and shown. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The verb of that name, in any case; empty for another word. */
    public static Optional<Verb> named(String text) {
        return Arrays.stream(values())
                .filter(verb -> verb.text().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
