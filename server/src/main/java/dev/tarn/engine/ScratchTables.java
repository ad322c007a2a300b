package dev.tarn.engine;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;

/** Rows that the server knows, as files for the worker; they go with the statement. */
final class ScratchTables implements AutoCloseable {
    /** A statement that needs more is told so. */
    static final long MOST_ROWS = 50_000_000;

    private static final int CHECKED_ROWS = 10_000;

    private final Path folder;
    private final Cancellation cancellation;
    private final List<Path> files = new ArrayList<>();

    ScratchTables(Path folder, Cancellation cancellation) {
        this.folder = folder;
        this.cancellation = cancellation;
    }

    /** Rows that come one by one; a row may be the same object with other values. */
    interface RowSource {
        void into(Consumer<StructLike> sink) throws IOException;
    }

    /** Writes a file; closes the rows. */
    SourceFile write(Schema schema, String what, CloseableIterable<StructLike> rows) {
        return write(schema, what, sink -> {
            try (rows) {
                rows.forEach(sink);
            }
        });
    }

    /**
     * Writes a file.
     *
     * @param what the rows are, for who is told that there are too many
     */
    SourceFile write(Schema schema, String what, RowSource rows) {
        try {
            Path file = Files.createTempFile(folder, "rows-", ".parquet");
            files.add(file);
            AtomicLong count = new AtomicLong();
            FileAppender<StructLike> appender = Parquet.write(org.apache.iceberg.Files.localOutput(file.toFile()))
                    .schema(schema)
                    .createWriterFunc(type -> InternalWriter.createWriter(schema, type))
                    .overwrite()
                    .build();
            try (appender) {
                rows.into(row -> {
                    appender.add(row);
                    check(count.incrementAndGet(), what);
                });
            }
            return new SourceFile(file.toString(), Files.size(file), count.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(long count, String what) {
        if (count > MOST_ROWS) {
            throw new TarnException(
                    ErrorCode.RESOURCE_EXCEEDED,
                    "There are more than %d %s, which is too many to be read at once".formatted(MOST_ROWS, what));
        }
        if (count % CHECKED_ROWS == 0 && cancellation.requested()) {
            throw cancellation.failure();
        }
    }

    @Override
    public void close() {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
