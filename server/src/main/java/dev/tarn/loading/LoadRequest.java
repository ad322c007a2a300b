package dev.tarn.loading;

import dev.tarn.catalog.TableName;
import dev.tarn.catalog.WriteMode;
import dev.tarn.worker.protocol.FileOptions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files to be loaded.
 *
 * @param id the caller's own name for the load, to watch and cancel it by; a new one when empty
 * @param table the table that takes the rows
 * @param mode whether the table is made, grows, or has its rows replaced
 * @param options how the files are to be read
 * @param columns exactly these, in this order; all of the files when empty
 * @param addColumns whether an append may add columns that the table lacks
 * @param onError what becomes of rows that do not fit
 * @param rejectsTable a table that takes what was left out
 * @param once whether bytes that the table has taken in this mode already are left alone
 */
public record LoadRequest(
        Optional<UUID> id,
        TableName table,
        WriteMode mode,
        FileOptions options,
        List<WantedColumn> columns,
        boolean addColumns,
        OnError onError,
        Optional<TableName> rejectsTable,
        boolean once) {

    /** What becomes of rows that do not fit. */
    public enum OnError {
        /** The first one ends the load. */
        STOP,
        /** They are left out, and written down with the reason. */
        SKIP
    }

    /**
     * A column that is asked for.
     *
     * @param source the files' own name of it
     * @param name what the table calls it; the same when null
     * @param type in Tarn's words; found out when null
     */
    public record WantedColumn(
            String source, @Nullable String name, @Nullable String type) {}
}
