package dev.tarn.worker.load;

import dev.tarn.worker.protocol.Message;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.QueryProgress;
import org.jspecify.annotations.Nullable;

/** How far the present pass over the files is; told from another thread. */
final class LoadProgress {
    private volatile long bytes;
    private volatile long rows;
    private volatile long allBytes;
    private volatile @Nullable DuckDBPreparedStatement engine;

    /** A pass begins over files of so many packed bytes; 0 when nobody can say how far it is. */
    void begin(long packedBytes) {
        bytes = 0;
        rows = 0;
        allBytes = packedBytes;
    }

    void at(long packedBytes, long writtenRows) {
        bytes = packedBytes;
        rows = writtenRows;
    }

    /** A pass that the engine makes by itself; null when it is over. */
    void follow(@Nullable PreparedStatement statement) {
        engine = (DuckDBPreparedStatement) statement;
    }

    Message.Progress message(long id) {
        double fraction = allBytes == 0 ? -1 : Math.min(1, (double) bytes / allBytes);
        return new Message.Progress(id, engine == null ? fraction : engineFraction(), rows);
    }

    private double engineFraction() {
        DuckDBPreparedStatement statement = engine;
        try {
            QueryProgress progress = statement == null ? null : statement.getQueryProgress();
            return progress == null || progress.getPercentage() < 0 ? -1 : Math.min(1, progress.getPercentage() / 100);
        } catch (SQLException e) {
            // The statement has just ended; the next message says so.
            return -1;
        }
    }
}
