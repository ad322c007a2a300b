package dev.tarn.worker.export;

import dev.tarn.worker.duckdb.TaskFailedException;
import java.io.IOException;

/** A format of rows. It is made for the vectors of one result, which get the values of one batch after the other. */
public interface ResultFile {
    /** Writes the first {@code rows} rows of the vectors. */
    void write(int rows) throws IOException, TaskFailedException;

    /** Writes what comes after the last row. */
    void finish() throws IOException, TaskFailedException;
}
