package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.Batches.GuessRefutedException;
import dev.tarn.worker.protocol.FileOptions;
import dev.tarn.worker.protocol.FileOptions.Format;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.LoadedColumn;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.protocol.WrittenFile;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of JSON objects, read by ourselves like other texts: the engine's own reader rounds long numbers, drops what it has not
 * seen in its sample and knows no line. A sample gives a guess of the types and the records are written with it; only when a later one
 * refutes the guess are all looked at and written again.
 */
final class JsonLoad implements FormatReader {
    private static final long SAMPLE_BYTES = 32 << 20;

    private final LoadContext context;
    private final LoadTask task;
    private final long sampleRecords;

    JsonLoad(LoadContext context, long sampleRecords) {
        this.sampleRecords = sampleRecords;
        this.context = context;
        this.task = context.task();
    }

    @Override
    public Preview preview(int rows) throws TaskFailedException, IOException {
        return new JsonPreview(context).of(rows);
    }

    @Override
    public Message.Loaded load() throws TaskFailedException, SQLException, IOException {
        JsonTable guess = JsonTable.of(context, sampleRecords, SAMPLE_BYTES);
        try {
            return write(guess, 1);
        } catch (GuessRefutedException e) {
            try {
                return write(JsonTable.of(context, Long.MAX_VALUE, Long.MAX_VALUE), 2);
            } catch (GuessRefutedException impossible) {
                throw new IllegalStateException("The shape of all records does not hold for them", impossible);
            }
        }
    }

    private Message.Loaded write(JsonTable table, int passes)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        try (Rejects rejects = Rejects.written(task.rejects())) {
            List<WrittenFile> files = write(table, rejects);
            List<LoadedColumn> columns = table.columns().stream()
                    .map(column -> new LoadedColumn(
                            column.fieldId(), column.name(), column.to().text()))
                    .toList();
            List<String> warnings = new ArrayList<>(table.warnings());
            warnings.addAll(rejects.remembered());
            long rows = files.stream().mapToLong(WrittenFile::rows).sum();
            return new Message.Loaded(
                    context.id(), columns, files, rows, rejects.count(), passes, options(table), warnings);
        }
    }

    static FileOptions options(JsonTable table) {
        return new FileOptions(
                Format.JSON, table.encoding(), null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private List<WrittenFile> write(JsonTable table, Rejects rejects)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        context.progress().begin(context.sources().packedBytes());
        List<String> values = new ArrayList<>();
        List<ParquetOutput.Column> columns = new ArrayList<>();
        int read = 0;
        for (EngineColumn column : table.columns()) {
            String value = column.source() == null ? context.task().missing(column.fieldId()) : "c" + read++;
            values.add("CAST(" + value + " AS " + column.to().text() + ") AS " + Sql.name(column.name()));
            columns.add(new ParquetOutput.Column(column.fieldId(), column.name(), column.to()));
        }
        try (JsonBatches rows = new JsonBatches(table, rejects, context)) {
            return new BatchesToParquet(context).write(rows, values, columns, rejects);
        }
    }
}
