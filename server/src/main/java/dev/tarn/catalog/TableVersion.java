package dev.tarn.catalog;

import java.time.Instant;

/** Which version of a table is read. */
public sealed interface TableVersion {
    /** The newest one. */
    TableVersion NEWEST = new Newest();

    /** What the table is now. */
    record Newest() implements TableVersion {
        @Override
        public String toString() {
            return "the newest version";
        }
    }

    /** One snapshot. */
    record OfSnapshot(long id) implements TableVersion {
        @Override
        public String toString() {
            return "version " + id;
        }
    }

    /** What the table was at a moment. */
    record At(Instant time) implements TableVersion {
        @Override
        public String toString() {
            return "version as old as " + time;
        }
    }

    /** A branch or a tag, or a snapshot whose number stands in quotes. */
    record Named(String name) implements TableVersion {
        @Override
        public String toString() {
            return "version, branch or tag " + (name.length() > 60 ? name.substring(0, 60) + "..." : name);
        }
    }
}
