package dev.tarn.worker.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.worker.duckdb.TaskFailedException;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.RejectPolicy;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of rows that cannot be loaded: the first one ends the load, or each is written down and left out. */
final class Rejects implements AutoCloseable {
    static final long MOST = 1_000_000;
    private static final String HEADER = "file,line,column,value,reason\r\n";
    private static final int REMEMBERED = 5;

    private final boolean skips;
    private final @Nullable BufferedWriter writer;
    private final List<String> remembered = new ArrayList<>();
    private long count;

    private Rejects(boolean skips, @Nullable BufferedWriter writer) {
        this.skips = skips;
        this.writer = writer;
    }

    /** For the pass that writes rows. */
    static Rejects written(RejectPolicy policy) throws IOException {
        if (policy.file() == null) {
            return new Rejects(false, null);
        }
        BufferedWriter writer = Files.newBufferedWriter(Path.of(policy.file()), UTF_8);
        writer.write(HEADER);
        return new Rejects(true, writer);
    }

    /** For a pass that only looks at rows. */
    static Rejects passedOver(boolean skips) {
        return new Rejects(skips, null);
    }

    boolean skips() {
        return skips;
    }

    long count() {
        return count;
    }

    /** What the first ones were about. */
    List<String> remembered() {
        return remembered;
    }

    /** {@code raw}: the text of the row, when the fault has no value of its own. */
    void take(String file, TaskFailedException fault, @Nullable String raw) throws TaskFailedException, IOException {
        Failure failure = fault.failure();
        if (!skips || failure.kind() != Failure.Kind.BAD_ROW) {
            throw fault;
        }
        if (++count > MOST) {
            throw Faults.file("More than " + MOST
                    + " rows cannot be loaded; are the delimiter and the types right? The last one: "
                    + failure.message());
        }
        if (count <= REMEMBERED) {
            remembered.add(failure.message());
        }
        if (writer != null) {
            String value = failure.value() != null ? failure.value() : raw;
            writer.write(quoted(file) + ',' + failure.line() + ',' + quoted(failure.column()) + ',' + quoted(value)
                    + ',' + quoted(failure.message()) + "\r\n");
        }
    }

    /** All that was taken is in the file from here on. */
    void finish() throws IOException {
        if (writer != null) {
            writer.flush();
        }
    }

    private static String quoted(@Nullable String text) {
        if (text == null) {
            return "";
        }
        boolean needed = text.isEmpty() || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
