package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.ReadableTable;
import java.util.Map;

/**
 * How one kind of task is done. It may run again from its beginning at any moment, on another server too, after it was cut off
 * anywhere; so it looks at the table as it finds it, and each of its commits leaves the table with the same rows.
 */
interface UpkeepOperation<T extends UpkeepTask> {
    Class<T> task();

    /**
     * Refuses what cannot be done, before it is accepted.
     *
     * @throws dev.tarn.platform.TarnException {@code INVALID_REQUEST} with what is wrong and what there is
     */
    void check(Caller caller, ReadableTable table, T task);

    /**
     * Does it.
     *
     * @return what came of it, in numbers by name; it becomes JSON
     * @throws dev.tarn.platform.TarnException why it failed; what was committed until then stays
     */
    Map<String, Object> run(UpkeepRun run, T task);
}
