package dev.tarn.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with aligned columns, numbers to the right. Widths come from the first rows; what follows is printed as it
 * arrives, and a wider cell pushes its line out rather than being cut.
 */
public final class TableSink implements RowSink {
    private static final int ROWS_MEASURED = 2_000;

    private final PrintStream out;
    private final String indent;
    private List<Column> columns = List.of();
    private int[] widths = {};
    private final List<String[]> measured = new ArrayList<>();
    private boolean headed;

    public TableSink(PrintStream out, String indent) {
        this.out = out;
        this.indent = indent;
    }

    @Override
    public void begin(List<Column> columns) {
        this.columns = columns;
        widths = columns.stream()
                .mapToInt(column -> DisplayWidth.of(CellText.visible(column.name())))
                .toArray();
    }

    @Override
    public void row(List<? extends @Nullable Object> values) {
        String[] cells = new String[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = CellText.visible(i < values.size() ? values.get(i) : null);
        }
        if (headed) {
            print(cells);
            return;
        }
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], DisplayWidth.of(cells[i]));
        }
        measured.add(cells);
        if (measured.size() == ROWS_MEASURED) {
            printMeasured();
        }
    }

    @Override
    public void end() {
        if (!headed) {
            printMeasured();
        }
        out.flush();
    }

    private void printMeasured() {
        headed = true;
        if (columns.isEmpty()) {
            return;
        }
        print(columns.stream().map(column -> CellText.visible(column.name())).toArray(String[]::new));
        StringBuilder rule = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "+").repeat('-', widths[i] + 2);
        }
        out.println(rule);
        measured.forEach(this::print);
        measured.clear();
    }

    private void print(String[] cells) {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < cells.length; i++) {
            int padding = Math.max(0, widths[i] - DisplayWidth.of(cells[i]));
            boolean right = columns.get(i).numeric();
            line.append(i == 0 ? " " : " | ");
            line.repeat(' ', right ? padding : 0).append(cells[i]).repeat(' ', right ? 0 : padding);
        }
        out.println(line.toString().stripTrailing());
    }
}
