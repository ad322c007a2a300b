package dev.tarn.jobs;

import dev.tarn.access.Caller;
import java.time.Duration;

/**
 * What does jobs of one kind. A module that has such work makes a bean of this type.
 *
 * <p>A job may be taken from its server while it runs, because that one was silent for too long. So whatever makes the work true
 * belongs into the transaction of {@link JobRun#complete}, which the database refuses to all but the newest holder.
 */
public interface JobHandler {
    /** The kind, one word; people read it in messages. */
    String kind();

    /**
     * The payload of a job that a schedule begins now.
     *
     * @param owner as whom it will run
     * @throws dev.tarn.platform.TarnException why there can be no such job any more; it becomes the reason of the run
     */
    default String payload(Schedule schedule, Caller owner) {
        return schedule.payload();
    }

    /** Does the job, and ends with {@link JobRun#complete}; what is thrown is why it failed. */
    void run(JobRun run);

    /**
     * How often a job may begin to run, when its server was lost or the failure was one that may pass by itself; 1: it fails then,
     * and the caller decides.
     */
    default int attempts() {
        return 1;
    }

    /** How long a job stays known after it is over. */
    Duration kept();

    /**
     * In the transaction that forgets a job.
     *
     * @return what is to be done after it
     */
    default Runnable forget(Job job) {
        return () -> {};
    }
}
