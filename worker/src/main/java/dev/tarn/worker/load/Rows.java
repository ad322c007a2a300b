package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;

/** What every record must fulfil, whatever the types are. */
final class Rows {
    private Rows() {}

    static void check(CsvReader record, int cells) throws TaskFailedException {
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

    private static void checkDecodable(CsvReader record) throws TaskFailedException {
        for (int cell = 0; cell < record.cells(); cell++) {
            if (!Utf8.isValid(record.buffer(), record.start(cell), record.end(cell))) {
                throw Faults.row(
                        record.line(cell),
                        null,
                        Faults.shown(record.buffer(), record.start(cell), record.end(cell)),
                        "Line " + record.line(cell) + " holds bytes that are not UTF-8");
            }
        }
    }

    private static String count(int cells) {
        return cells == 1 ? "1 cell" : cells + " cells";
    }
}
