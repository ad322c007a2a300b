package dev.tarn.worker.protocol;

import org.jspecify.annotations.Nullable;

/** What the caller said of the file; null is found out from the file itself. */
public record CsvOptions(
        @Nullable String delimiter,
        @Nullable String quote,
        @Nullable Boolean header) {
    public static final CsvOptions SNIFFED = new CsvOptions(null, null, null);
}
