package dev.tarn.engine;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the Arrow bytes of a result as they arrive: the first few in memory, the rest in a scratch file, within a limit. */
final class ResultSpool implements AutoCloseable {
    private static final int IN_MEMORY = 4 << 20;

    private final Path scratch;
    private final long limit;
    private final List<InputStream> memory = new ArrayList<>();
    private final List<byte[]> chunks = new ArrayList<>();
    private long inMemory;
    private long total;
    private @Nullable Path file;
    private @Nullable OutputStream out;

    /**
     * An empty spool.
     *
     * @param scratch the folder for what does not fit into memory
     * @param limit the most bytes it takes
     */
    ResultSpool(Path scratch, long limit) {
        this.scratch = scratch;
        this.limit = limit;
    }

    /** Takes the next bytes; fails with {@code RESULT_TOO_LARGE} beyond the limit. */
    void add(byte[] bytes) {
        total += bytes.length;
        if (total > limit) {
            throw new TarnException(
                    ErrorCode.RESULT_TOO_LARGE,
                    "The result is larger than %d MB: add a LIMIT or a filter, or send it to /v1/sql/submit, which takes larger ones"
                            .formatted(limit >> 20));
        }
        if (out == null && inMemory + bytes.length <= IN_MEMORY) {
            chunks.add(bytes);
            inMemory += bytes.length;
            return;
        }
        try {
            if (out == null) {
                file = Files.createTempFile(scratch, "result-", ".arrow");
                out = Files.newOutputStream(file);
            }
            out.write(bytes);
        } catch (IOException e) {
            throw new TarnException(
                    ErrorCode.STORAGE_FULL, "There is no room for the result on the server's disk; ask for less", e);
        }
    }

    /** The bytes from the start; more than one reader may read, one after the other. */
    InputStream open() {
        memory.clear();
        for (byte[] chunk : chunks) {
            memory.add(new ByteArrayInputStream(chunk));
        }
        try {
            if (out != null && file != null) {
                out.flush();
                memory.add(Files.newInputStream(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SequenceInputStream(Collections.enumeration(memory));
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
