package dev.tarn.catalog;

import java.util.Map;
import java.util.Optional;

/** Which rows an OVERWRITE takes away. */
public sealed interface Overwritten {
    /** All of them. */
    Overwritten ALL = new All();

    /** All of the table. */
    record All() implements Overwritten {}

    /**
     * Those that have these values in columns that the table is partitioned by.
     *
     * @param values by column; empty for NULL
     */
    record Where(Map<String, Optional<DefaultValue>> values) implements Overwritten {
        public Where {
            values = Map.copyOf(values);
        }
    }

    /** Those of the partitions that the new rows are in. */
    record Touched() implements Overwritten {}
}
