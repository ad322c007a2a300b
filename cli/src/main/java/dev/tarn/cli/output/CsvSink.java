package dev.tarn.cli.output;

import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV by RFC 4180 with a header line. NULL is an empty field, an empty text is {@code ""}. */
public final class CsvSink implements RowSink {
    private final PrintStream out;

    public CsvSink(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> columns) {
        row(columns.stream().map(Column::name).toList());
    }

    @Override
    public void row(List<? extends @Nullable Object> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            line.append(i == 0 ? "" : ",").append(value == null ? "" : quoted(CellText.exact(value)));
        }
        out.append(line).append('\n');
    }

    @Override
    public void end() {
        out.flush();
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty();
        for (int i = 0; plain && i < text.length(); i++) {
            char c = text.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
