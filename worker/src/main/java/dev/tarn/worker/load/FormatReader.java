package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import java.io.IOException;
import java.sql.SQLException;

/**
 * How the files of one format become rows of one table. An object serves one task. What goes wrong with a source is an {@code
 * IOException} of its own, which {@link LoadRun} translates.
 */
interface FormatReader {
    /** Writes all files or none. */
    Message.Loaded load() throws TaskFailedException, SQLException, IOException;

    /** Writes nothing; {@code rows} are the most that are shown. */
    Preview preview(int rows) throws TaskFailedException, SQLException, IOException;
}
