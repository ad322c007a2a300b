package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import dev.tarn.worker.source.SourceException;
import dev.tarn.worker.source.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.apache.arrow.memory.BufferAllocator;

/** One load or one preview: finds out what the files are and lets the reader of their format do the rest. */
public final class LoadRun {
    private final long id;
    private final LoadTask task;
    private final Cancellation cancellation;
    private final long sampleRecords;
    private final LoadProgress progress = new LoadProgress();

    public LoadRun(long id, LoadTask task, Cancellation cancellation) {
        this(id, task, cancellation, TextLoad.SAMPLE_RECORDS);
    }

    /** {@code sampleRecords}: {@code Long.MAX_VALUE} profiles the whole file before a row is written. */
    LoadRun(long id, LoadTask task, Cancellation cancellation, long sampleRecords) {
        this.id = id;
        this.task = task;
        this.cancellation = cancellation;
        this.sampleRecords = sampleRecords;
    }

    /** The share of the files in the present pass over them. */
    public Message.Progress progress() {
        return progress.message(id);
    }

    /** Writes the files and returns the last reply. */
    public Message.Loaded run(BufferAllocator allocator, Path scratch)
            throws TaskFailedException, SQLException, IOException {
        return read(false, allocator, scratch, FormatReader::load);
    }

    /** Reads the beginning of the files and returns the last reply. */
    public Message.Previewed preview(int rows, BufferAllocator allocator, Path scratch)
            throws TaskFailedException, SQLException, IOException {
        Preview preview = read(true, allocator, scratch, reader -> reader.preview(rows));
        return new Message.Previewed(id, PreviewCells.fitted(preview));
    }

    private interface Reading<T> {
        T with(FormatReader reader) throws TaskFailedException, SQLException, IOException;
    }

    private <T> T read(boolean preview, BufferAllocator allocator, Path scratch, Reading<T> reading)
            throws TaskFailedException, SQLException, IOException {
        try (Sources sources = Sources.of(task.files(), task.options(), cancellation)) {
            return reading.with(
                    reader(new LoadContext(id, task, preview, sources, cancellation, progress, allocator, scratch)));
        } catch (SourceException e) {
            throw new TaskFailedException(e.failure(), e);
        } catch (TaskFailedException e) {
            throw Faults.shortened(e);
        }
    }

    /** Where a format comes in. */
    private FormatReader reader(LoadContext context) throws TaskFailedException, IOException {
        return switch (context.sources().format()) {
            case CSV -> new TextLoad(context, CsvSources.of(context), sampleRecords);
            case XLSX -> new TextLoad(context, SheetSources.of(context), sampleRecords);
            case PARQUET -> new ParquetLoad(context);
            case JSON -> new JsonLoad(context, sampleRecords);
        };
    }
}
