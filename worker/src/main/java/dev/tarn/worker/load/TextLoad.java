package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.ParquetOutput;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.load.Batches.GuessRefutedException;
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
 * Files whose values are texts in cells. A sample gives a guess of the types and the rows are written with it; only when a later
 * cell refutes the guess are all rows profiled and written again. All files or none are left behind.
 */
final class TextLoad implements FormatReader {
    static final int SAMPLE_RECORDS = 20_480;

    private final LoadContext context;
    private final LoadTask task;
    private final TextSources sources;
    private final long sampleRecords;

    TextLoad(LoadContext context, TextSources sources, long sampleRecords) {
        this.context = context;
        this.task = context.task();
        this.sources = sources;
        this.sampleRecords = sampleRecords;
    }

    @Override
    public Preview preview(int rows) throws TaskFailedException, IOException {
        return new TextPreview(context, sources).of(rows);
    }

    /** What was written and how. */
    private record Written(Layout layout, List<WrittenFile> files, long rejected, int passes, List<String> warnings) {}

    @Override
    public Message.Loaded load() throws TaskFailedException, SQLException, IOException {
        TextTable table = TextTable.of(context, sources);
        Profile sample =
                table.profile(Math.max(1, sampleRecords / table.union().files().size()), Long.MAX_VALUE);
        Profile first = sample.isSafe() ? sample : table.profile(Long.MAX_VALUE, Long.MAX_VALUE);
        Written written;
        try {
            written = write(table, first, 1);
        } catch (GuessRefutedException e) {
            try {
                written = write(table, table.profile(Long.MAX_VALUE, Long.MAX_VALUE), 2);
            } catch (GuessRefutedException impossible) {
                throw new IllegalStateException("The profile of the whole file does not hold for it", impossible);
            }
        }
        List<LoadedColumn> columns = written.layout.columns().stream()
                .map(column -> new LoadedColumn(column.fieldId(), column.name(), column.typeText()))
                .toList();
        long rows = written.files.stream().mapToLong(WrittenFile::rows).sum();
        return new Message.Loaded(
                context.id(),
                columns,
                written.files,
                rows,
                written.rejected,
                written.passes,
                table.options(written.layout),
                written.warnings);
    }

    private Written write(TextTable table, Profile profile, int passes)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        Layout layout = profile.layout();
        try (Rejects rejects = Rejects.written(task.rejects())) {
            List<WrittenFile> files = write(table, layout, rejects);
            List<String> warnings = new ArrayList<>(table.warnings());
            warnings.addAll(profile.warnings());
            return new Written(layout, files, rejects.count(), passes, warnings);
        }
    }

    private List<WrittenFile> write(TextTable table, Layout layout, Rejects rejects)
            throws TaskFailedException, GuessRefutedException, SQLException, IOException {
        context.progress().begin(context.sources().packedBytes());
        List<String> values = new ArrayList<>();
        List<ParquetOutput.Column> columns = new ArrayList<>();
        int read = 0;
        for (Column column : layout.columns()) {
            String value = column.source() < 0
                    ? "CAST(" + task.missing(column.fieldId()) + " AS " + column.typeText() + ")"
                    : column.known().base() == ColumnType.Base.UUID ? "CAST(c" + read++ + " AS UUID)" : "c" + read++;
            values.add(value + " AS " + Sql.name(column.name()));
            columns.add(
                    new ParquetOutput.Column(column.fieldId(), column.name(), new DuckType.Scalar(column.typeText())));
        }
        try (RowBatches rows = new RowBatches(layout, table.notations(), rejects, context)) {
            return new BatchesToParquet(context).write(rows, values, columns, rejects);
        }
    }
}
