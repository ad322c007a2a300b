package dev.tarn.jobs;

import dev.tarn.platform.Repeating;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of {@link RunningJobs}: one that takes jobs, one for each that runs, and those that look after them. */
final class JobDispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobDispatcher.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final RunningJobs running;
    private final long lookMillis;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread taker;
    private final Repeating beats;
    private final Repeating sweeps;
    private volatile boolean closed;

    JobDispatcher(RunningJobs running, JobSettings settings) {
        this.running = running;
        this.lookMillis = settings.look().toMillis();
        Duration often = settings.lease().dividedBy(5);
        this.beats = Repeating.start("tarn-job-leases", often.compareTo(BEAT) < 0 ? often : BEAT, running::beat);
        this.sweeps = Repeating.start("tarn-job-upkeep", SWEEP, running::forgetExpired);
        this.taker = Thread.ofPlatform().daemon().name("tarn-jobs").start(this::takeAll);
    }

    /** There is a job, or room for one. */
    void wake() {
        wakes.release();
    }

    private void takeAll() {
        while (!closed) {
            try {
                Optional<JobRun> taken = running.take();
                if (taken.isPresent()) {
                    start(taken.get());
                    continue;
                }
            } catch (RuntimeException e) {
                LOG.warn("No job could be taken; trying again", e);
            }
            try {
                if (wakes.tryAcquire(lookMillis, TimeUnit.MILLISECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void start(JobRun run) {
        Thread.ofVirtual().name("tarn-job-" + run.job().id()).start(() -> {
            try {
                running.run(run);
            } finally {
                wake();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        wake();
        try {
            taker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        beats.close();
        sweeps.close();
    }
}
