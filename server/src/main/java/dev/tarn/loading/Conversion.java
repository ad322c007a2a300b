package dev.tarn.loading;

import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Turns a file into data files in a worker; only so many at once, that statements find workers too. */
final class Conversion {
    private static final long LOOK_MS = 50;

    private final WorkerPool workers;
    private final LoadingSettings settings;
    private final Clock clock;
    private final Semaphore running;

    Conversion(WorkerPool workers, LoadingSettings settings, Clock clock) {
        this.workers = workers;
        this.settings = settings;
        this.clock = clock;
        this.running = new Semaphore(settings.running(), true);
    }

    long memoryBytes() {
        return workers.memoryPerTask();
    }

    int threads() {
        return workers.threadsPerTask();
    }

    Message.Loaded run(LoadTask task, Cancellation cancellation) {
        Deadline deadline = Deadline.in(clock, settings.timeout());
        if (running.getQueueLength() >= settings.queue()) {
            throw new TarnException(
                    ErrorCode.OVERLOADED,
                    "%d loads are waiting already; try again in a moment".formatted(settings.queue()));
        }
        await(deadline, cancellation);
        try (WorkerLease worker = workers.lease(deadline, cancellation)) {
            return switch (worker.call(id -> new Message.Load(id, task), part -> {})) {
                case Message.Loaded loaded -> loaded;
                case Message.Failed failed -> throw WorkerFailures.translate(failed.failure(), null);
                case Message.Reply other ->
                    throw new IllegalStateException(
                            "A worker answered a load with " + other.getClass().getSimpleName());
            };
        } finally {
            running.release();
        }
    }

    /** Waits for a turn, looking now and then whether it is still wanted. */
    private void await(Deadline deadline, Cancellation cancellation) {
        try {
            while (!running.tryAcquire(LOOK_MS, TimeUnit.MILLISECONDS)) {
                if (cancellation.requested()) {
                    throw cancellation.failure();
                }
                if (deadline.left(clock).isZero()) {
                    throw deadline.missed();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TarnException(ErrorCode.STOPPING, "The server is stopping; try again later", e);
        }
    }
}
