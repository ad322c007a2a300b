package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** The rows of all text files, as they are cut into cells. */
final class RowBatches extends Batches {
    private static final int BATCH_ROWS = 8_192;
    private static final int BATCH_CELLS = 500_000;
    private static final long BATCH_BYTES = 8 << 20;

    private final LoadContext context;
    private final Rejects rejects;
    private final RowWriter row;
    private final List<FileColumns> files;
    private final boolean header;
    private final VectorSchemaRoot root;
    private final int batchRows;
    private int file = -1;
    private @Nullable RecordReader reader;
    private @Nullable Rows rows;
    private long packedBytesBefore;
    private long rowsSoFar;

    RowBatches(Layout layout, Notations notations, Rejects rejects, LoadContext context) {
        super(context.allocator());
        this.context = context;
        this.rejects = rejects;
        this.files = layout.union().files();
        this.header = layout.union().header();
        this.row = new RowWriter(layout, context, notations);
        root = new VectorSchemaRoot(row.vectors());
        batchRows = Math.clamp(BATCH_CELLS / Math.max(1, row.vectors().size()), 64, BATCH_ROWS);
    }

    @Override
    public VectorSchemaRoot getVectorSchemaRoot() {
        return root;
    }

    @Override
    int fill() throws IOException, TaskFailedException, GuessRefutedException {
        context.cancellation().check();
        row.start(batchRows);
        int count = 0;
        while (count < batchRows) {
            Rows open = rows;
            if (open == null || reader == null) {
                if (!openNext()) {
                    break;
                }
            } else {
                count = readFile(open, reader, count);
                if (count < 0) {
                    count = -count - 1;
                    closeFile();
                } else {
                    break;
                }
            }
        }
        if (count > 0) {
            row.finish(count);
        }
        root.setRowCount(count);
        rowsSoFar += count;
        context.progress().at(packedBytesBefore + (reader == null ? 0 : reader.packedBytesRead()), rowsSoFar);
        return count;
    }

    /** Reads on until the batch is full; the number of its rows, or, when the file has ended, one more than it below zero. */
    private int readFile(Rows open, RecordReader records, int already)
            throws IOException, TaskFailedException, GuessRefutedException {
        int count = already;
        long end = records.textBytesRead() + BATCH_BYTES;
        try {
            while (count < batchRows && records.textBytesRead() < end) {
                if (!open.next()) {
                    return -count - 1;
                }
                TaskFailedException fault = row.write(count, records);
                if (fault == null) {
                    count++;
                } else {
                    open.reject(fault, null);
                }
            }
            return count;
        } catch (TaskFailedException e) {
            throw files.size() > 1 ? Faults.in(files.get(file).source().name(), e) : e;
        }
    }

    private boolean openNext() throws IOException, TaskFailedException {
        if (++file >= files.size()) {
            return false;
        }
        FileColumns next = files.get(file);
        RecordReader records = next.source().open();
        reader = records;
        if (header) {
            records.next();
        }
        rows = new Rows(records, next.source().name(), next.cells(), rejects);
        row.take(next);
        return true;
    }

    private void closeFile() throws IOException {
        if (reader != null) {
            reader.close();
            packedBytesBefore += files.get(file).source().packedBytes();
        }
        reader = null;
        rows = null;
    }

    @Override
    public long bytesRead() {
        return packedBytesBefore;
    }

    @Override
    protected void closeReadSource() throws IOException {
        row.close();
        root.close();
        closeFile();
    }
}
