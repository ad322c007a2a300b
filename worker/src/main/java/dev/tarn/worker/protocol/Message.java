package dev.tarn.worker.protocol;

import java.util.Arrays;
import java.util.List;

/**
 * One frame of the conversation. The server sends {@link Request}s and the worker answers with {@link Reply}s that carry the
 * request's id. A worker serves one {@link Task} at a time; {@link Cancel} and {@link Ping} are heard while it runs.
 */
public sealed interface Message permits Message.Request, Message.Reply {

    /** What the server asks. */
    sealed interface Request extends Message permits Task, Cancel, Ping {
        long id();
    }

    /** Work, which ends with exactly one {@link End} of the same id. */
    sealed interface Task extends Request
            permits Parse, Run, Export, Materialize, Change, Rewrite, PreviewFiles, Load {}

    /** What the worker answers. */
    sealed interface Reply extends Message permits Ready, Pong, Part, End {}

    /** What comes while a task runs. */
    sealed interface Part extends Reply permits Chunk, Progress {
        long id();
    }

    /** The last that is heard of a task. */
    sealed interface End extends Reply
            permits Parsed, Done, Exported, Materialized, Changed, Previewed, Loaded, Failed {
        long id();
    }

    /** Asks for the syntax tree of {@code sql}; answered by {@link Parsed} or {@link Failed}. */
    record Parse(long id, String sql) implements Task {}

    /** Runs one statement; answered by {@link Chunk}s, then {@link Done}, or by {@link Failed} at any moment. */
    record Run(long id, Query query) implements Task {}

    /** Runs one statement and writes its result as a file; answered by {@link Exported} or {@link Failed}. */
    record Export(long id, Query query, ExportTask task) implements Task {}

    /** Runs one statement and writes its result as data files; answered by {@link Materialized} or {@link Failed}. */
    record Materialize(long id, Query query, MaterializeTask task) implements Task {}

    /** Runs one statement and changes rows of one of its tables; answered by {@link Changed} or {@link Failed}. */
    record Change(long id, Query query, ChangeTask task) implements Task {}

    /** Writes rows of a table anew, as they are; answered by {@link Materialized} or {@link Failed}. */
    record Rewrite(long id, RewriteTask task) implements Task {}

    /** Reads the beginning of the files and writes nothing; answered by {@link Previewed} or {@link Failed}. */
    record PreviewFiles(long id, LoadTask task, int rows) implements Task {}

    /** Turns files into Parquet files; answered by {@link Loaded} or {@link Failed}. */
    record Load(long id, LoadTask task) implements Task {}

    /** Ends the task {@code id} soon, with {@link Failed}; ignored when that task is over or was never seen. */
    record Cancel(long id) implements Request {}

    /** Answered by {@link Pong} at once, whatever else the worker does. */
    record Ping(long id) implements Request {}

    /**
     * The first frame of a worker: it can take a task now.
     *
     * @param fences those of the kernel that are raised around its tasks
     */
    record Ready(long pid, String engineVersion, List<String> fences) implements Reply {
        public Ready {
            fences = List.copyOf(fences);
        }
    }

    record Pong(long id) implements Reply {}

    /** The JSON of DuckDB's {@code json_serialize_sql}, all statements of the text. */
    record Parsed(long id, String syntaxTree) implements End {}

    /** The next bytes of the result's Arrow IPC stream, which begins with the schema even when there is no row. */
    // The bytes are handed on at once and never kept, so a defensive copy of every result would buy nothing.
    @SuppressWarnings("ArrayRecordComponent")
    record Chunk(long id, byte[] bytes) implements Part {
        // Records compare arrays by identity; a message is its content.
        @Override
        public boolean equals(Object other) {
            return other instanceof Chunk chunk && id == chunk.id && Arrays.equals(bytes, chunk.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * Long.hashCode(id) + Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Chunk[id=" + id + ", " + bytes.length + " bytes]";
        }
    }

    /** At most four a second. {@code fraction} is 0 to 1, or -1 when unknown. */
    record Progress(long id, double fraction, long rows) implements Part {}

    /** {@code bytesScanned}: compressed bytes of the Parquet column chunks that the statement read. */
    record Done(long id, long rows, long bytesScanned) implements End {}

    /** {@code bytes} of the file; {@code bytesScanned} as in {@link Done}. */
    record Exported(long id, long rows, long bytes, long bytesScanned) implements End {}

    /** Field ids count from 1, nested fields' after those of the columns; {@code bytesScanned} as in {@link Done}. */
    record Materialized(long id, List<LoadedColumn> columns, List<WrittenFile> files, long rows, long bytesScanned)
            implements End {}

    /** {@code rows}: of the table that were changed or deleted, and those that were added. */
    record Changed(long id, List<WrittenFile> files, List<TouchedFile> touched, long rows, long bytesScanned)
            implements End {}

    record Previewed(long id, Preview preview) implements End {}

    /**
     * What a load wrote.
     *
     * @param rows written
     * @param rejected rows that were left out and written down
     * @param passes how often the rows were read to be written; 1 when the first guess of the types held
     * @param options as they were told or found
     * @param warnings whole sentences
     */
    record Loaded(
            long id,
            List<LoadedColumn> columns,
            List<WrittenFile> files,
            long rows,
            long rejected,
            int passes,
            FileOptions options,
            List<String> warnings)
            implements End {}

    record Failed(long id, Failure failure) implements End {}
}
