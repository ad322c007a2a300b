package dev.tarn.cli.output;

import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each row as a block with a column a line, for rows that are wider than the screen. */
public final class ExpandedSink implements RowSink {
    private final PrintStream out;
    private List<Column> columns = List.of();
    private int width;
    private long rows;

    public ExpandedSink(PrintStream out) {
        this.out = out;
    }

    @Override
    public void begin(List<Column> columns) {
        this.columns = columns;
        width = columns.stream()
                .mapToInt(column -> DisplayWidth.of(CellText.visible(column.name())))
                .max()
                .orElse(0);
    }

    @Override
    public void row(List<? extends @Nullable Object> values) {
        out.println("-[ row " + Amount.count(++rows) + " ]" + "-".repeat(Math.max(1, width)));
        for (int i = 0; i < columns.size(); i++) {
            String name = CellText.visible(columns.get(i).name());
            out.println(name + " ".repeat(width - DisplayWidth.of(name)) + " | "
                    + CellText.visible(i < values.size() ? values.get(i) : null));
        }
    }

    @Override
    public void end() {
        out.flush();
    }
}
