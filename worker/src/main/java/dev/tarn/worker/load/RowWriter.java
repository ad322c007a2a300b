package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.Batches.GuessRefutedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Puts the cells of a record into the columns of a batch. */
final class RowWriter implements AutoCloseable {
    private final Layout layout;
    private final Notations notations;
    private final List<Column> columns = new ArrayList<>();
    private final ColumnWriter[] writers;
    private final boolean[] texts;
    private final int[] cells;
    private final NullWords nulls;
    /** A text's cell is compared with the words that mean none before it is written, another's only when it is no value. */
    private final boolean nullsFirst;

    RowWriter(Layout layout, LoadContext context, Notations notations) {
        this.layout = layout;
        this.notations = notations;
        this.nulls = layout.nulls();
        this.nullsFirst = nulls.meanValues();
        ColumnWriters types = new ColumnWriters(context.allocator(), layout.notation(), nulls);
        List<ColumnWriter> made = new ArrayList<>();
        for (Column column : layout.columns()) {
            if (column.source() >= 0) {
                made.add(types.of(column, "c" + columns.size()));
                columns.add(column);
            }
        }
        writers = made.toArray(ColumnWriter[]::new);
        cells = new int[writers.length];
        texts = new boolean[writers.length];
        for (int i = 0; i < writers.length; i++) {
            texts[i] = writers[i].keepsEmpty();
        }
    }

    List<FieldVector> vectors() {
        List<FieldVector> vectors = new ArrayList<>();
        for (ColumnWriter writer : writers) {
            vectors.add(writer.vector());
        }
        return vectors;
    }

    void start(int rows) {
        for (ColumnWriter writer : writers) {
            writer.start(rows);
        }
    }

    void finish(int rows) {
        for (ColumnWriter writer : writers) {
            writer.finish(rows);
        }
    }

    /** The next records are those of this file. */
    void take(FileColumns file) {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = file.cellOf(columns.get(i).source());
        }
    }

    /** Writes one row; what is wrong with it, after which it may be written anew, or null. */
    @Nullable
    TaskFailedException write(int row, RecordReader record) throws GuessRefutedException {
        byte[] buffer = record.buffer();
        for (int i = 0; i < writers.length; i++) {
            int cell = cells[i];
            ColumnWriter writer = writers[i];
            if (cell < 0) {
                writer.writeNull(row);
                if (columns.get(i).required()) {
                    return noValue(columns.get(i), record, 0);
                }
                continue;
            }
            int start = record.start(cell);
            int end = record.end(cell);
            boolean none = start == end || ((texts[i] || nullsFirst) && nulls.contain(buffer, start, end));
            if (none && texts[i] && record.isQuoted(cell)) {
                none = false;
            }
            if (!none && !writer.write(row, buffer, start, end)) {
                none = !texts[i] && nulls.contain(buffer, start, end);
                if (!none) {
                    return refused(columns.get(i), record, cell);
                }
            }
            if (none) {
                writer.writeNull(row);
                if (columns.get(i).required()) {
                    return noValue(columns.get(i), record, cell);
                }
            }
        }
        return null;
    }

    private TaskFailedException noValue(Column column, RecordReader record, int cell) {
        long line = record.line(cell);
        String name = layout.sourceName(column);
        return Faults.row(line, name, "", "Line " + line + " has no value for '" + name + "', which must have one");
    }

    private TaskFailedException refused(Column column, RecordReader record, int cell) throws GuessRefutedException {
        byte[] buffer = record.buffer();
        int start = record.start(cell);
        int end = record.end(cell);
        if (!column.isDeclared() || (!layout.exact() && mayFitOtherwise(column, buffer, start, end))) {
            throw new GuessRefutedException();
        }
        long line = record.line(cell);
        String value = Faults.shown(buffer, start, end);
        return Faults.row(
                line,
                layout.sourceName(column),
                value,
                "'" + Faults.brief(value) + "' on line " + line + " is no " + column.typeText() + " as column '"
                        + column.name() + "' needs" + hint(column, buffer, start, end));
    }

    /** Whether a wider type, or another notation that is still open, might take the cell. */
    private boolean mayFitOtherwise(Column column, byte[] buffer, int start, int end) {
        return notations.open().stream().anyMatch(notation -> isOfKind(column, notation, buffer, start, end));
    }

    private static boolean isOfKind(Column column, Notation notation, byte[] buffer, int start, int end) {
        Evidence evidence = new Evidence(notation);
        evidence.add(buffer, start, end);
        return switch (column.known().base()) {
            case INTEGER, BIGINT, DECIMAL, FLOAT, DOUBLE -> evidence.isNumeric();
            case DATE, TIMESTAMP, TIMESTAMPTZ -> evidence.isTemporal();
            case NOTHING, STRING, BOOLEAN, TIME, UUID -> false;
        };
    }

    private String hint(Column column, byte[] buffer, int start, int end) {
        boolean open =
                mayFitOtherwise(column, buffer, start, end) && !isOfKind(column, layout.notation(), buffer, start, end);
        if (!open) {
            return "";
        }
        return switch (column.known().base()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> "; say date_order=dmy or date_order=mdy";
            default -> "; say decimal=, or decimal=.";
        };
    }

    @Override
    public void close() {
        for (ColumnWriter writer : writers) {
            if (writer instanceof TextWriter text) {
                text.release();
            }
        }
    }
}
