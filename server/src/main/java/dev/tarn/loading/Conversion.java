package dev.tarn.loading;

import dev.tarn.platform.Admission;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import java.time.Clock;

/** Turns a file into data files in a worker; only so many at once, that statements find workers too. */
final class Conversion {
    private final WorkerPool workers;
    private final LoadingSettings settings;
    private final Clock clock;
    private final Admission admission;

    Conversion(WorkerPool workers, LoadingSettings settings, Clock clock) {
        this.workers = workers;
        this.settings = settings;
        this.clock = clock;
        this.admission = new Admission("loads", settings.running(), settings.queue(), clock);
    }

    long memoryBytes() {
        return workers.memoryPerTask();
    }

    int threads() {
        return workers.threadsPerTask();
    }

    Message.Loaded run(LoadTask task, Cancellation cancellation) {
        Deadline deadline = Deadline.in(clock, settings.timeout());
        try (Admission.Place _ = admission.enter(deadline, cancellation);
                WorkerLease worker = workers.lease(deadline, cancellation)) {
            return switch (worker.call(id -> new Message.Load(id, task), part -> {})) {
                case Message.Loaded loaded -> loaded;
                case Message.Failed failed -> throw WorkerFailures.translate(failed.failure(), null);
                case Message.Reply other ->
                    throw new IllegalStateException(
                            "A worker answered a load with " + other.getClass().getSimpleName());
            };
        }
    }
}
