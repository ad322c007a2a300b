package dev.tarn.worker.statement;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.Failures;
import dev.tarn.worker.duckdb.ReadableType;
import dev.tarn.worker.duckdb.Sql;
import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.export.CsvFile;
import dev.tarn.worker.export.NdjsonFile;
import dev.tarn.worker.export.OutputFile;
import dev.tarn.worker.export.ResultFile;
import dev.tarn.worker.export.XlsxFile;
import dev.tarn.worker.protocol.ExportTask;
import dev.tarn.worker.protocol.ExportTask.Format;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Writes a statement's rows as one file, which is whole or not there. */
public final class ExportRun {
    private final long id;
    private final Query query;
    private final ExportTask task;
    private final Path path;
    private final Cancellation cancellation;
    private volatile long rows;
    private volatile @Nullable Execution running;
    private volatile boolean tooLarge;

    public ExportRun(long id, Query query, ExportTask task, Cancellation cancellation) {
        this.id = id;
        this.query = query;
        this.task = task;
        this.path = Path.of(task.path());
        this.cancellation = cancellation;
    }

    /** Also looks after the limit of a file that the engine writes. */
    public Message.Progress progress() {
        Execution execution = running;
        if (execution != null && task.format() == Format.PARQUET && size() > task.limitBytes()) {
            tooLarge = true;
            cancellation.request();
        }
        return new Message.Progress(id, execution == null ? -1 : execution.fraction(), rows);
    }

    /** Returns the last reply. */
    public Message.Exported run(Planner planner, BufferAllocator allocator, Path scratch)
            throws TaskFailedException, SQLException, IOException {
        boolean complete = false;
        try {
            Message.Exported exported = export(planner, allocator, scratch);
            if (exported.bytes() > task.limitBytes()) {
                throw OutputFile.tooLarge(task.limitBytes());
            }
            complete = true;
            return exported;
        } catch (TaskFailedException e) {
            throw tooLarge ? OutputFile.tooLarge(task.limitBytes()) : e;
        } finally {
            running = null;
            if (!complete) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Message.Exported export(Planner planner, BufferAllocator allocator, Path scratch)
            throws TaskFailedException, SQLException, IOException {
        boolean parquet = task.format() == Format.PARQUET;
        if (parquet) {
            Planner.requireTable(query.sql());
        }
        List<String> writable = parquet ? List.of(path.toString()) : List.of();
        try (Execution execution = Execution.open(query, cancellation, planner, scratch, writable)) {
            running = execution;
            long count = parquet ? copy(execution) : write(execution, allocator);
            return new Message.Exported(id, count, Files.size(path), execution.bytesScanned());
        }
    }

    private long write(Execution execution, BufferAllocator allocator) throws TaskFailedException, IOException {
        try (OutputFile out = OutputFile.create(path, task.limitBytes())) {
            return new ResultQuery(execution, allocator, soFar -> rows = soFar).into(result -> {
                try {
                    write(result, out);
                } catch (OutputFile.TooLargeException e) {
                    throw OutputFile.tooLarge(task.limitBytes());
                }
            });
        }
    }

    private void write(ResultRows result, OutputFile out) throws IOException, TaskFailedException {
        List<String> names = result.columns().shownNames(true);
        List<FieldVector> vectors = result.batch().getFieldVectors();
        ResultFile file = switch (task.format()) {
            case CSV -> new CsvFile(out, vectors, names);
            case NDJSON -> new NdjsonFile(out, vectors, names);
            case XLSX -> new XlsxFile(out, vectors, names);
            case ARROW -> {
                ResultStream.write(result, names, out);
                out.finish();
                yield null;
            }
            case PARQUET -> throw new IllegalStateException("The engine writes Parquet");
        };
        if (file != null) {
            while (result.next()) {
                file.write(result.batch().getRowCount());
            }
            file.finish();
        }
    }

    private long copy(Execution execution) throws TaskFailedException {
        try {
            ResultColumns result = execution.columns();
            List<String> types = result.types().stream()
                    .map(type -> ReadableType.inParquet(DuckType.of(type)).text())
                    .toList();
            String copy = "COPY (SELECT " + Execution.casts(types, result.shownNames(false)) + " FROM "
                    + execution.source(types.size()) + ") TO " + Sql.text(path.toString())
                    + " (FORMAT parquet, COMPRESSION zstd, RETURN_STATS true)";
            try (PreparedStatement prepared = execution.prepare(copy)) {
                execution.running(prepared);
                try (ResultSet written = prepared.executeQuery()) {
                    cancellation.check();
                    return written.next() ? written.getLong("count") : 0;
                }
            }
        } catch (SQLException e) {
            cancellation.check();
            throw new TaskFailedException(Failures.ofStatement(e, query.sql()), e);
        }
    }

    private long size() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            // Not there yet.
            return 0;
        }
    }
}
