package dev.tarn.cli.output;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table as GitHub's Markdown writes it. */
public final class MarkdownSink implements RowSink {
    private final PrintStream out;

    public MarkdownSink(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> columns) {
        if (!columns.isEmpty()) {
            row(columns.stream().map(Column::name).toList());
            out.append(columns.stream()
                    .map(column -> column.numeric() ? "---:" : "---")
                    .collect(Collectors.joining("|", "|", "|\n")));
        }
    }

    @Override
    public void row(List<? extends @Nullable Object> values) {
        out.append(values.stream().map(MarkdownSink::cell).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String cell(@Nullable Object value) {
        return CellText.visible(value).replace("\\", "\\\\").replace("|", "\\|");
    }

    @Override
    public void end() {
        out.flush();
    }
}
