package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Good records of one file: those that fulfil what every record must, whatever the types are. */
final class Rows {
    private final RecordReader reader;
    private final String file;
    private final int cells;
    private final Rejects rejects;

    Rows(RecordReader reader, String file, int cells, Rejects rejects) {
        this.reader = reader;
        this.file = file;
        this.cells = cells;
        this.rejects = rejects;
    }

    boolean next() throws IOException, TaskFailedException {
        while (true) {
            boolean whole = false;
            try {
                if (!reader.next()) {
                    return false;
                }
                whole = true;
                check(reader, cells);
                return true;
            } catch (TaskFailedException e) {
                reject(e, whole);
            }
        }
    }

    private void reject(TaskFailedException fault, boolean whole) throws IOException, TaskFailedException {
        String raw = rejects.skips() && !whole ? reader.recover() : null;
        reject(fault, raw);
    }

    /** The present record cannot be loaded. */
    void reject(TaskFailedException fault, @Nullable String raw) throws IOException, TaskFailedException {
        rejects.take(file, fault, raw);
    }

    static void check(RecordReader record, int cells) throws TaskFailedException {
        if (record.cells() != cells) {
            throw Faults.row(
                    record.line(),
                    null,
                    Faults.shown(record.buffer(), record.start(0), record.end(record.cells() - 1)),
                    "Line " + record.line() + " has " + count(record.cells()) + " where " + cells
                            + (cells == 1 ? " is" : " are") + " expected");
        }
        if (!record.isAscii()) {
            checkDecodable(record);
        }
    }

    private static void checkDecodable(RecordReader record) throws TaskFailedException {
        for (int cell = 0; cell < record.cells(); cell++) {
            if (!Utf8.isValid(record.buffer(), record.start(cell), record.end(cell))) {
                boolean utf8 = record.encoding().equals("utf-8");
                throw Faults.row(
                        record.line(cell),
                        null,
                        Faults.shown(record.buffer(), record.start(cell), record.end(cell)),
                        "Line " + record.line(cell) + " holds bytes that are not "
                                + (utf8
                                        ? "UTF-8; if the file is in another encoding, name it, as in encoding=latin1"
                                        : record.encoding()));
            }
        }
    }

    private static String count(int cells) {
        return cells == 1 ? "1 cell" : cells + " cells";
    }
}
