package dev.tarn.adoption;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One table of an adoption.
 *
 * @param source its name there
 * @param name its name here; null when it can have none
 * @param metadataLocation its newest metadata file; null when nobody knows
 * @param reason why it is not registered; null otherwise
 */
public record AdoptedTable(
        String source,
        @Nullable String name,
        @Nullable String metadataLocation,
        Outcome outcome,
        @Nullable String reason) {
    /** What became of it, or would. */
    public enum Outcome {
        /** Nothing speaks against it; it waits, or it was asked only. */
        POSSIBLE,
        REGISTERED,
        /** This very table is here already, under this name. */
        ALREADY_HERE,
        /** Something else has its name here. */
        NAME_TAKEN,
        REFUSED;

        /** The outcome as it is shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    AdoptedTable with(Outcome other, @Nullable String why) {
        return new AdoptedTable(source, name, metadataLocation, other, why);
    }
}
