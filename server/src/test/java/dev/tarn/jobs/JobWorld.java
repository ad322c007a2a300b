package dev.tarn.jobs;

import dev.tarn.access.Caller;
import dev.tarn.access.TestAccess;
import dev.tarn.platform.Ids;
import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.FailingStores;
import dev.tarn.storage.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/** One database with servers that run jobs, come and go. What a job does is a row that its completion writes. */
final class JobWorld implements AutoCloseable {
    static final String KIND = "chore";
    static final JobSettings SETTINGS = new JobSettings(2, 100, 70, Duration.ofSeconds(30), Duration.ofMillis(20));

    final Database database;
    final TestAccess access;
    final Caller admin;
    private final Ids ids;
    private int servers;

    JobWorld(Database database) {
        this.database = database;
        this.access = TestAccess.on(database);
        this.admin = access.admin();
        this.ids = new Ids(access.clock(), new Random(3));
    }

    /** Jobs that complete with a row, at once, unless the test says what they do. */
    static final class Chores implements JobHandler {
        private final Database database;
        private final int attempts;
        private final Consumer<JobRun> first;

        Chores(Database database, int attempts, Consumer<JobRun> first) {
            this.database = database;
            this.attempts = attempts;
            this.first = first;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public void run(JobRun run) {
            first.accept(run);
            run.complete("{\"done\": true}", () -> done(run));
        }

        private void done(JobRun run) {
            database.client()
                    .sql("INSERT INTO table_profiles (tenant_id, table_id, snapshot_id, profile, created_at)"
                            + " VALUES (?, ?, ?, '', 0)")
                    .params(
                            run.job().owner().tenantId().toString(),
                            run.job().id().toString(),
                            run.job().fence())
                    .update();
        }

        @Override
        public int attempts() {
            return attempts;
        }

        @Override
        public Duration kept() {
            return Duration.ofDays(1);
        }

        @Override
        public Runnable forget(Job job) {
            database.client()
                    .sql("DELETE FROM table_profiles WHERE table_id = ?")
                    .param(job.id().toString())
                    .update();
            return () -> {};
        }
    }

    /** How often a job has been done. */
    int done(UUID id) {
        return database.client()
                .sql("SELECT count(*) FROM table_profiles WHERE table_id = ?")
                .param(id.toString())
                .query(Integer.class)
                .single();
    }

    /** A server whose jobs run when it is told to. */
    record Server(Jobs jobs, RunningJobs running) {
        /** Runs the next job to its end. */
        Optional<JobRun> turn() {
            Optional<JobRun> taken = running.take();
            taken.ifPresent(running::run);
            return taken;
        }
    }

    Server server() {
        return server(1, run -> {});
    }

    Server server(int attempts, Consumer<JobRun> first) {
        return server(attempts, first, Faults.none());
    }

    Server server(int attempts, Consumer<JobRun> first, Faults faults) {
        JobStore store = FailingStores.of(JobStore.class, new JdbcJobStore(database), faults);
        Jobs jobs = new Jobs(access.access(), database, store, SETTINGS, access.clock());
        Readiness readiness = new Readiness();
        readiness.ready();
        RunningJobs running = new RunningJobs(
                database,
                store,
                SETTINGS,
                readiness,
                access.clock(),
                "server " + ++servers,
                List.of(new Chores(database, attempts, first)));
        jobs.runHere(running, () -> {}, () -> {});
        return new Server(jobs, running);
    }

    Ids ids() {
        return ids;
    }

    UUID add(Server server, Caller caller) {
        UUID id = ids.next();
        server.jobs().add(caller, new NewJob(id, KIND, "{}"), () -> {});
        return id;
    }

    Job job(UUID id) {
        return new JdbcJobStore(database).find(new JobKey(admin.tenantId(), id)).orElseThrow();
    }

    /** So much later that the leases of servers that are silent have ended. */
    void afterLease() {
        access.clock().advance(SETTINGS.lease().plusSeconds(1));
    }

    @Override
    public void close() {
        access.close();
        database.close();
    }
}
