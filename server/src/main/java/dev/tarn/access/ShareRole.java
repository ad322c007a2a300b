package dev.tarn.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody with whom a table or a namespace is shared may do with it. */
public enum ShareRole {
    VIEWER,
    EDITOR;

    Set<Verb> verbs() {
        return switch (this) {
            case VIEWER -> EnumSet.of(Verb.DESCRIBE, Verb.SELECT);
            case EDITOR -> EnumSet.of(Verb.DESCRIBE, Verb.SELECT, Verb.INSERT, Verb.UPDATE);
        };
    }

    /** The role as it is shown. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name, in any case. */
    public static Optional<ShareRole> named(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text().equalsIgnoreCase(text))
                .findFirst();
    }
}
