package dev.tarn.loading;

import dev.tarn.catalog.TableName;
import dev.tarn.catalog.WriteMode;
import java.util.Optional;

/**
 * A file to be loaded.
 *
 * @param table the table that takes the rows
 * @param mode whether the table is made, grows, or has its rows replaced
 * @param fileName what the person calls the file; failures name it
 * @param delimiter between cells; found from the file when empty
 * @param quote around cells; found from the file when empty
 * @param header whether the first line has the names; found from the file when empty
 */
public record LoadRequest(
        TableName table,
        WriteMode mode,
        String fileName,
        Optional<String> delimiter,
        Optional<String> quote,
        Optional<Boolean> header) {}
