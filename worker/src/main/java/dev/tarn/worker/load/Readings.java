package dev.tarn.worker.load;

import org.jspecify.annotations.Nullable;

/** The texts of numbers and times in every open notation, one of each for all columns. */
record Readings(
        Reading base,
        @Nullable Reading comma,
        @Nullable Reading grouped,
        @Nullable Reading dayFirst,
        @Nullable Reading monthFirst) {

    record Reading(Notation notation, NumberText number, TimeText time) {
        boolean hasNumbersOf(Notation other) {
            return notation.decimal() == other.decimal() && notation.thousands().equals(other.thousands());
        }
    }

    static Readings of(Notations notations) {
        return new Readings(
                new Reading(
                        notations.base(),
                        notations.base().number(),
                        notations.base().time()),
                reading(notations.comma()),
                reading(notations.grouped()),
                reading(notations.dayFirst()),
                reading(notations.monthFirst()));
    }

    private static @Nullable Reading reading(@Nullable Notation notation) {
        return notation == null ? null : new Reading(notation, notation.number(), notation.time());
    }
}
