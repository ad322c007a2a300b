package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.Cancellation;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.source.Sources;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a {@link FormatReader} works with.
 *
 * @param preview whether only the beginning of the files is wanted, and soon
 * @param scratch the worker's own folder; whoever puts a file there deletes it
 */
record LoadContext(
        long id,
        LoadTask task,
        boolean preview,
        Sources sources,
        Cancellation cancellation,
        LoadProgress progress,
        BufferAllocator allocator,
        Path scratch) {

    /** The same files for a table of their own. */
    LoadContext withoutTarget() {
        LoadTask alone = new LoadTask(
                task.files(),
                task.options(),
                task.given(),
                List.of(),
                false,
                task.rejects(),
                task.outputFolder(),
                task.filePrefix(),
                task.targetFileBytes(),
                task.arrangement(),
                task.memoryLimitBytes(),
                task.threads());
        return new LoadContext(id, alone, preview, sources, cancellation, progress, allocator, scratch);
    }

    /** Whether rows that cannot be loaded are passed over by whoever only looks at them. */
    boolean skips() {
        return preview || task.rejects().skips();
    }
}
