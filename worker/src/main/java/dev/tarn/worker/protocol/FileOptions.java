package dev.tarn.worker.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How files are to be read. What is null is found out from the files themselves; the answer to a preview or a load has all of
 * them that apply.
 *
 * @param encoding a charset's name, for text without a byte order mark
 * @param delimiter between cells; {@code \t} is a tab
 * @param quote around cells; empty for none
 * @param escape before a quote in a quoted cell; the quote itself unless told
 * @param comment what begins a line that is skipped; empty for none
 * @param header whether the first record has the names
 * @param skipLines physical lines before the header
 * @param decimal {@code .} or {@code ,}
 * @param thousands between groups of three digits; empty for none
 * @param nullWords cells that mean no value, beside the empty one
 * @param sheet a sheet of a workbook, by name or by number from 1
 * @param range cells of a sheet as {@code B2:F40}
 */
public record FileOptions(
        @Nullable Format format,
        @Nullable String encoding,
        @Nullable String delimiter,
        @Nullable String quote,
        @Nullable String escape,
        @Nullable String comment,
        @Nullable Boolean header,
        @Nullable Integer skipLines,
        @Nullable String decimal,
        @Nullable String thousands,
        @Nullable DateOrder dateOrder,
        @Nullable List<String> nullWords,
        @Nullable String sheet,
        @Nullable String range) {
    public static final FileOptions FOUND = csv(null, null, null);

    /** What the file is, once it is unpacked. */
    public enum Format {
        CSV,
        /** Objects one after the other, one array of them, or one a line. */
        JSON,
        PARQUET,
        XLSX
    }

    /** The order of numbers in a date such as 03/04/2024; ISO dates are always known. */
    public enum DateOrder {
        YMD,
        DMY,
        MDY
    }

    public static FileOptions csv(@Nullable String delimiter, @Nullable String quote, @Nullable Boolean header) {
        return new FileOptions(
                null, null, delimiter, quote, null, null, header, null, null, null, null, null, null, null);
    }
}
