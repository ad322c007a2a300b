package dev.tarn.cli;

import dev.tarn.cli.client.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files are to be read. What is not given the server finds out from the file. */
final class LoadOptions {
    enum Format {
        csv,
        tsv,
        json,
        ndjson,
        parquet,
        xlsx
    }

    enum DateOrder {
        ymd,
        dmy,
        mdy
    }

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
    private @Nullable Format format;

    @Option(names = "--encoding", paramLabel = "NAME", description = "For example UTF-8, UTF-16, ISO-8859-1.")
    private @Nullable String encoding;

    @Option(names = "--delimiter", paramLabel = "CHAR", description = "Between fields; \\t for a tab.")
    private @Nullable String delimiter;

    @Option(names = "--quote", paramLabel = "CHAR", description = "Around fields.")
    private @Nullable String quote;

    @Option(names = "--escape", paramLabel = "CHAR", description = "Before a quote within a field.")
    private @Nullable String escape;

    @Option(names = "--comment", paramLabel = "CHAR", description = "Lines that begin with it are left out.")
    private @Nullable String comment;

    @Option(names = "--header", negatable = true, description = "Whether the first line names the columns.")
    private @Nullable Boolean header;

    @Option(names = "--skip-lines", paramLabel = "N", description = "Lines before the header or the first row.")
    private @Nullable Integer skipLines;

    @Option(names = "--decimal", paramLabel = "CHAR", description = "The decimal mark, `.` or `,`.")
    private @Nullable String decimal;

    @Option(names = "--thousands", paramLabel = "CHAR", description = "Between groups of digits.")
    private @Nullable String thousands;

    @Option(names = "--date-order", paramLabel = "ORDER", description = "${COMPLETION-CANDIDATES}.")
    private @Nullable DateOrder dateOrder;

    @Option(
            names = "--null-word",
            paramLabel = "WORD",
            description = "A field that is NULL. Repeatable; replaces the usual words (NA, null, ...).")
    private List<String> nullWords = new ArrayList<>();

    @Option(names = "--sheet", paramLabel = "NAME", description = "The sheet of a workbook.")
    private @Nullable String sheet;

    @Option(names = "--range", paramLabel = "CELLS", description = "The cells of a sheet, for example B2:F100.")
    private @Nullable String range;

    /** Each option that was given, by the API's name, in the API's type. */
    Map<String, @Nullable Object> given() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("format", format == null ? null : format.name());
        given.put("encoding", encoding);
        given.put("delimiter", "\\t".equals(delimiter) ? "\t" : delimiter);
        given.put("quote", quote);
        given.put("escape", escape);
        given.put("comment", comment);
        given.put("header", header);
        given.put("skip_lines", skipLines);
        given.put("decimal", decimal);
        given.put("thousands", thousands);
        given.put("date_order", dateOrder == null ? null : dateOrder.name());
        given.put("null_words", nullWords.isEmpty() ? null : nullWords);
        given.put("sheet", sheet);
        given.put("range", range);
        given.values().removeIf(value -> value == null);
        return given;
    }

    JsonObject json() {
        return new JsonObject(given());
    }
}
