package dev.tarn.worker.load;

import dev.tarn.worker.protocol.Message;

/** How far the present pass over the files is; told from another thread. */
final class LoadProgress {
    private volatile long bytes;
    private volatile long rows;
    private volatile long allBytes;

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

    Message.Progress message(long id) {
        return new Message.Progress(id, allBytes == 0 ? -1 : Math.min(1, (double) bytes / allBytes), rows);
    }
}
