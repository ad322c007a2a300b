package dev.tarn.api.tarn;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.FileOptions.DateOrder;
import dev.tarn.worker.protocol.FileOptions.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How files are to be read; null is to be found out. */
record OptionsForm(
        @Nullable String format,
        @Nullable String encoding,
        @Nullable String delimiter,
        @Nullable String quote,
        @Nullable String escape,
        @Nullable String comment,
        @Nullable Boolean header,
        @Nullable Integer skipLines,
        @Nullable String decimal,
        @Nullable String thousands,
        @Nullable String dateOrder,
        @Nullable List<String> nullWords,
        @Nullable String sheet,
        @Nullable String range) {
    private static final int MOST_NULL_WORDS = 100;

    static FileOptions of(@Nullable OptionsForm form) {
        return form == null ? FileOptions.FOUND : form.options();
    }

    private FileOptions options() {
        if (skipLines != null && skipLines < 0) {
            throw wrong("skip_lines", Integer.toString(skipLines), "0 or more");
        }
        if (nullWords != null && nullWords.size() > MOST_NULL_WORDS) {
            throw wrong("null_words", nullWords.size() + " words", "at most " + MOST_NULL_WORDS);
        }
        if (decimal != null && !decimal.equals(".") && !decimal.equals(",")) {
            throw wrong("decimal", decimal, "a point or a comma");
        }
        boolean tabs = "tsv".equals(format) && delimiter == null;
        return new FileOptions(
                formatOf(format),
                encoding,
                tabs || "\\t".equals(delimiter) ? "\t" : delimiter,
                quote,
                escape,
                comment,
                header,
                skipLines,
                decimal,
                thousands,
                dateOrderOf(dateOrder),
                nullWords,
                sheet,
                range);
    }

    private static @Nullable Format formatOf(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "csv", "tsv" -> Format.CSV;
            case "json", "ndjson" -> Format.JSON;
            case "parquet" -> Format.PARQUET;
            case "xlsx" -> Format.XLSX;
            default -> throw wrong("format", text, "csv, tsv, json, ndjson, parquet or xlsx");
        };
    }

    private static @Nullable DateOrder dateOrderOf(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "ymd" -> DateOrder.YMD;
            case "dmy" -> DateOrder.DMY;
            case "mdy" -> DateOrder.MDY;
            default -> throw wrong("date_order", text, "ymd, dmy or mdy");
        };
    }

    private static TarnException wrong(String name, String value, String wanted) {
        return new TarnException(
                        ErrorCode.INVALID_REQUEST, "%s is %s, not %s; correct it".formatted(name, wanted, value))
                .with("parameter", name);
    }
}
