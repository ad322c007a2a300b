package dev.tarn.worker;

import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.statement.Replies;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells the progress of a task four times a second, and surely no more once it is closed. */
final class ProgressBeat implements AutoCloseable {
    private static final long MILLIS = 250;

    private final Supplier<Message.Progress> progress;
    private final Replies replies;
    private final Future<?> beat;
    private boolean over;

    ProgressBeat(ScheduledExecutorService clock, Supplier<Message.Progress> progress, Replies replies) {
        this.progress = progress;
        this.replies = replies;
        this.beat = clock.scheduleAtFixedRate(this::tell, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void tell() {
        if (!over) {
            try {
                replies.send(progress.get());
            } catch (IOException e) {
                // The server is gone; the thread that reads from it finds out and ends the process.
                over = true;
            }
        }
    }

    @Override
    public synchronized void close() {
        over = true;
        beat.cancel(false);
    }
}
