package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file as Arrow batches, which DuckDB pulls from its own thread. What goes wrong here must travel through native
 * code as an exception without a type, so it is kept in {@link #problem}.
 */
final class RowBatches extends ArrowReader {
    private static final int BATCH_ROWS = 8_192;
    private static final int BATCH_CELLS = 500_000;
    private static final long BATCH_BYTES = 8 << 20;

    private final CsvSource source;
    private final CsvReader reader;
    private final Layout layout;
    private final List<Column> columns = new ArrayList<>();
    private final List<ColumnWriter> writers = new ArrayList<>();
    private final VectorSchemaRoot root;
    private final int batchRows;
    private boolean started;
    private final LoadProgress progress;
    private long rowsSoFar;
    private volatile @Nullable Exception problem;

    RowBatches(CsvSource source, Layout layout, LoadContext context) throws IOException {
        super(context.allocator());
        this.progress = context.progress();
        this.source = source;
        this.layout = layout;
        this.reader = source.open();
        NumberText number = new NumberText();
        TimeText time = new TimeText();
        for (Column column : layout.columns()) {
            if (column.cell() >= 0) {
                String name = "c" + column.cell();
                writers.add(ColumnWriter.of(column.type(), name, context.allocator(), number, time, layout.declared()));
                columns.add(column);
            }
        }
        root = new VectorSchemaRoot(writers.stream().map(ColumnWriter::vector).toList());
        batchRows = Math.clamp(BATCH_CELLS / Math.max(1, writers.size()), 64, BATCH_ROWS);
    }

    /** The guess of a column's type does not hold; not a fault of the file. */
    static final class GuessRefutedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    @Override
    protected Schema readSchema() {
        return root.getSchema();
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() {
        return root;
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        try {
            return loadBatch() > 0;
        } catch (TaskFailedException | GuessRefutedException | IOException | RuntimeException e) {
            problem = e;
            throw new IOException("The rows end here", e);
        }
    }

    private int loadBatch() throws IOException, TaskFailedException, GuessRefutedException {
        source.cancellation().check();
        if (!started) {
            started = true;
            if (layout.header()) {
                reader.next();
            }
        }
        for (ColumnWriter writer : writers) {
            writer.start(batchRows);
        }
        long first = reader.bytesRead();
        int row = 0;
        while (row < batchRows && reader.bytesRead() - first < BATCH_BYTES && reader.next()) {
            Rows.check(reader, layout.cells());
            writeRow(row++);
        }
        root.setRowCount(row);
        rowsSoFar += row;
        progress.at(reader.bytesRead(), rowsSoFar);
        return row;
    }

    private void writeRow(int row) throws TaskFailedException, GuessRefutedException {
        byte[] buffer = reader.buffer();
        for (int i = 0; i < writers.size(); i++) {
            Column column = columns.get(i);
            int start = reader.start(column.cell());
            int end = reader.end(column.cell());
            ColumnWriter writer = writers.get(i);
            if (start == end && !(writer.keepsEmpty() && reader.isQuoted(column.cell()))) {
                if (column.required()) {
                    throw noValue(column);
                }
            } else if (!writer.write(row, buffer, start, end)) {
                throw refused(column, buffer, start, end);
            }
        }
    }

    private TaskFailedException noValue(Column column) {
        long line = reader.line(column.cell());
        return Faults.row(
                line,
                name(column),
                "",
                "Line " + line + " has no value for '" + name(column) + "', which must have one");
    }

    private TaskFailedException refused(Column column, byte[] buffer, int start, int end) throws GuessRefutedException {
        if (!layout.declared()) {
            throw new GuessRefutedException();
        }
        long line = reader.line(column.cell());
        String value = Faults.shown(buffer, start, end);
        return Faults.row(
                line,
                name(column),
                value,
                "'" + value + "' on line " + line + " is no " + column.typeText() + " as column '" + column.name()
                        + "' needs");
    }

    private String name(Column column) {
        return layout.names().get(column.cell());
    }

    @Nullable
    Exception problem() {
        return problem;
    }

    @Override
    public long bytesRead() {
        return reader.bytesRead();
    }

    @Override
    protected void closeReadSource() throws IOException {
        root.close();
        reader.close();
    }
}
