package dev.tarn.cli.output;

import java.io.PrintStream;

/** How rows are printed. */
public enum OutputFormat {
    table,
    csv,
    json,
    ndjson,
    markdown;

    public RowSink sink(PrintStream out) {
        return switch (this) {
            case table -> new TableSink(out, "");
            case csv -> new CsvSink(out);
            case json -> new JsonSink(out, true);
            case ndjson -> new JsonSink(out, false);
            case markdown -> new MarkdownSink(out);
        };
    }
}
