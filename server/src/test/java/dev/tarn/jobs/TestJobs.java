package dev.tarn.jobs;

import dev.tarn.access.TestAccess;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.storage.FailingStores;
import dev.tarn.storage.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One server's queue for tests of other modules: a job runs when it is told to. */
public final class TestJobs {
    private final Jobs jobs;
    private final RunningJobs running;

    public TestJobs(Database database, TestAccess access, String holder, JobHandler handler, Faults faults) {
        JobSettings settings = new JobSettings(2, 10_000, 10_000, Duration.ofSeconds(30), Duration.ofSeconds(1));
        JobStore store = FailingStores.of(JobStore.class, new JdbcJobStore(database), faults);
        Readiness readiness = new Readiness();
        readiness.ready();
        this.jobs = new Jobs(access.access(), database, store, settings, access.clock());
        this.running = new RunningJobs(database, store, settings, readiness, access.clock(), holder, List.of(handler));
        jobs.runHere(running, () -> {}, () -> {});
    }

    public Jobs jobs() {
        return jobs;
    }

    /** Runs the next job to its end; false when there is none. */
    public boolean turn() {
        Optional<JobRun> taken = running.take();
        taken.ifPresent(running::run);
        return taken.isPresent();
    }

    /** What a server does at its start: all others are dead. */
    public void recover() {
        running.recover(DatabaseKind.SQLITE);
    }

    public void beat() {
        running.beat();
    }

    public void forgetExpired() {
        running.forgetExpired();
    }
}
