package dev.tarn.loading;

import dev.tarn.platform.Admission;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.worker.protocol.LoadTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Preview;
import java.time.Clock;
import java.time.Duration;

/** {@link Conversion} in workers; only so many at once, that statements find workers too. */
final class WorkerConversion implements Conversion {
    private static final Duration PREVIEW_TIMEOUT = Duration.ofMinutes(1);

    private final WorkerPool workers;
    private final LoadingSettings settings;
    private final Clock clock;
    private final Admission admission;

    WorkerConversion(WorkerPool workers, LoadingSettings settings, Clock clock) {
        this.workers = workers;
        this.settings = settings;
        this.clock = clock;
        this.admission = new Admission("loads", settings.running(), settings.queue(), clock);
    }

    @Override
    public long memoryBytes() {
        return workers.memoryPerTask();
    }

    @Override
    public int threads() {
        return workers.threadsPerTask();
    }

    @Override
    public Message.Loaded run(LoadTask task, LoadProgress progress, Cancellation cancellation) {
        Deadline deadline = Deadline.in(clock, settings.timeout());
        try (Admission.Place _ = place(deadline, progress, cancellation);
                WorkerLease worker = workers.lease(deadline, cancellation)) {
            return worker.call(
                    Message.Loaded.class,
                    id -> new Message.Load(id, task),
                    part -> {
                        if (part instanceof Message.Progress now) {
                            progress.converted(now.fraction(), now.rows());
                        }
                    },
                    failure -> WorkerFailures.translate(failure, null));
        }
    }

    private Admission.Place place(Deadline deadline, LoadProgress progress, Cancellation cancellation) {
        progress.waits(true);
        Admission.Place place = admission.enter(deadline, cancellation);
        progress.waits(false);
        return place;
    }

    /** Needs no place among the loads: it ends soon, and somebody looks at the screen. */
    @Override
    public Preview preview(LoadTask task, int rows, Cancellation cancellation) {
        try (WorkerLease worker = workers.lease(Deadline.in(clock, PREVIEW_TIMEOUT), cancellation)) {
            return worker.call(
                            Message.Previewed.class,
                            id -> new Message.PreviewFiles(id, task, rows),
                            part -> {},
                            failure -> WorkerFailures.translate(failure, null))
                    .preview();
        }
    }
}
