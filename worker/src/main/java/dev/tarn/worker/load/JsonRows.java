package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.source.Source;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The records of all files one after the other, each an object in valid UTF-8; what is none goes to the rejects. */
final class JsonRows implements AutoCloseable {
    private final LoadContext context;
    private final List<Source> sources;
    private final Rejects rejects;
    private final JsonCursor cursor = new JsonCursor();
    private int file = -1;
    private @Nullable JsonRecords records;
    private long packedBytesBefore;
    private long textBytesBefore;
    private String encoding = "utf-8";

    JsonRows(LoadContext context, Rejects rejects) {
        this.context = context;
        this.sources = context.sources().all();
        this.rejects = rejects;
    }

    /** Reads one record. */
    interface Reading {
        void read(JsonCursor record) throws JsonFault;
    }

    /** Reads the next record that can be read; false when there is none any more. */
    boolean next(Reading reading) throws IOException, TaskFailedException {
        while (true) {
            JsonRecords open = records;
            if (open == null) {
                if (++file >= sources.size()) {
                    return false;
                }
                records = new JsonRecords(
                        sources.get(file), context.task().options().encoding());
                encoding = records.encoding();
            } else if (!open.next()) {
                if (open.record() == 0 && sources.size() == 1) {
                    throw Faults.file("The file " + sources.getFirst().name() + " has no record");
                }
                closeFile(open);
            } else if (read(open, reading)) {
                return true;
            }
        }
    }

    private boolean read(JsonRecords open, Reading reading) throws IOException, TaskFailedException {
        try {
            if (!ByteSearch.isAscii(open.buffer(), open.start(), open.end())
                    && !Utf8.isValid(open.buffer(), open.start(), open.end())) {
                throw new JsonFault("holds bytes that are not UTF-8");
            }
            cursor.over(open.buffer(), open.start(), open.end());
            if (cursor.kind() != JsonCursor.Kind.OBJECT) {
                throw new JsonFault("is no object with the names of its columns");
            }
            reading.read(cursor);
            if (!cursor.isAtEnd()) {
                throw new JsonFault("has something behind its object");
            }
            return true;
        } catch (JsonFault e) {
            TaskFailedException fault = fault(e);
            rejects.take(sources.get(file).name(), fault, Faults.shown(open.buffer(), open.start(), open.end()));
            return false;
        }
    }

    /** The failure of the record that was read last. */
    TaskFailedException fault(JsonFault fault) {
        JsonRecords open = Objects.requireNonNull(records);
        String in = sources.size() > 1 ? sources.get(file).name() + ": " : "";
        String value = fault.value() == null ? Faults.shown(open.buffer(), open.start(), open.end()) : fault.value();
        return Faults.row(open.line(), fault.column(), value, in + open.where() + " " + fault.text());
    }

    long packedBytesRead() {
        return packedBytesBefore + (records == null ? 0 : records.packedBytesRead());
    }

    long textBytesRead() {
        return textBytesBefore + (records == null ? 0 : records.bytesRead());
    }

    String encoding() {
        return encoding;
    }

    private void closeFile(JsonRecords open) throws IOException {
        packedBytesBefore += sources.get(file).packedBytes();
        textBytesBefore += open.bytesRead();
        records = null;
        open.close();
    }

    @Override
    public void close() throws IOException {
        if (records != null) {
            records.close();
        }
    }
}
