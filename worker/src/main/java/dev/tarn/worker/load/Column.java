package dev.tarn.worker.load;

import org.jspecify.annotations.Nullable;

/**
 * A column of the written files.
 *
 * @param type null until it is found out
 * @param typeText as the table or whoever asked for it calls the type
 * @param required no row may lack a value
 * @param source which column of the files holds it; -1: none does, its values are NULL
 * @param origin where the type comes from
 */
record Column(
        int fieldId,
        String name,
        @Nullable ColumnType type,
        String typeText,
        boolean required,
        int source,
        Origin origin) {

    enum Origin {
        /** The values themselves: there is none that does not fit in the end. */
        FOUND,
        /** Whoever asked for the load. */
        GIVEN,
        /** A table, whose type may be widened. */
        TABLE
    }

    static Column found(int fieldId, String name, int source) {
        return new Column(fieldId, name, null, "", false, source, Origin.FOUND);
    }

    boolean isDeclared() {
        return origin != Origin.FOUND;
    }

    Column as(ColumnType known) {
        boolean same = known.equals(type);
        return new Column(fieldId, name, known, same ? typeText : known.text(), required, source, origin);
    }

    ColumnType known() {
        if (type == null) {
            throw new IllegalStateException("The type of " + name + " is not found out yet");
        }
        return type;
    }
}
