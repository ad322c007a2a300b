package dev.tarn.upkeep;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableName;
import dev.tarn.jobs.JobRun;
import dev.tarn.platform.Cancellation;
import java.util.UUID;

/** One run of a task, on the server that holds its job. */
record UpkeepRun(JobRun job, TableName table) {
    /** With the rights that its owner has at this moment. */
    Caller caller() {
        return job.caller();
    }

    UUID id() {
        return job.job().id();
    }

    Cancellation cancellation() {
        return job.cancellation();
    }

    /** Returns unless the job is to end. */
    void requireWanted() {
        cancellation().requireWanted();
    }

    /** Says how far it is, 0 to 1. */
    void progress(double reached) {
        job.progress(reached);
    }
}
