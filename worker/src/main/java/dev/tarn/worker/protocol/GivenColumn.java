package dev.tarn.worker.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A column that the caller asks for. When any is given, columns of the files that are not among them are left out.
 *
 * @param source the files' own name of the column
 * @param name what the table calls it
 * @param type DuckDB's text of the type; found out when null
 */
public record GivenColumn(
        String source, String name, @Nullable String type) {}
