package dev.tarn.loading;

import dev.tarn.platform.Cancellation;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;

/** Turns files into data files, somewhere else than in this process. */
interface Conversion {
    /** The memory that a task may use, in bytes. */
    long memoryBytes();

    /** The threads of a task. */
    int threads();

    /** Writes the data files; waits for a place first. */
    Message.Loaded run(LoadTask task, LoadProgress progress, Cancellation cancellation);

    /** Reads the first rows. */
    Preview preview(LoadTask task, int rows, Cancellation cancellation);
}
