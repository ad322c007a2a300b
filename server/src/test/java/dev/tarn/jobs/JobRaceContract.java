package dev.tarn.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.platform.Readiness;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers with their threads on one database, and real time. Now and then a server stops beating for longer than its lease
 * while its jobs go on, as one whose machine sleeps does. Every job is done once.
 */
abstract class JobRaceContract {
    private static final Duration LEASE = Duration.ofMillis(400);
    private static final int JOBS = 150;

    @TempDir
    Path folder;

    abstract Database open(Path home);

    @Test
    void twoServersDoEveryJobOnceWhateverFallsSilent() throws InterruptedException {
        long seed = Long.getLong("tarn.seed", System.nanoTime());
        System.out.println("JobRaceContract: -Dtarn.seed=" + seed);
        Random random = new Random(seed);
        JobSettings settings = new JobSettings(4, 1000, 1000, LEASE, Duration.ofMillis(10));
        AtomicInteger runs = new AtomicInteger();
        ConcurrentHashMap<UUID, Integer> pauses = new ConcurrentHashMap<>();
        try (JobWorld world = new JobWorld(open(folder))) {
            JobHandler chores = new JobWorld.Chores(world.database, 1_000, run -> {
                runs.incrementAndGet();
                if (run.job().attempts() == 1) {
                    sleep(pauses.getOrDefault(run.job().id(), 0));
                }
            });
            // These two live, the third one takes jobs and is never heard of again.
            List<Jobs> servers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Jobs jobs = new Jobs(
                        world.access.access(),
                        world.database,
                        new JdbcJobStore(world.database),
                        settings,
                        Clock.systemUTC());
                jobs.start(List.of(chores), ready(), "race " + i);
                servers.add(jobs);
            }
            RunningJobs dead = new RunningJobs(
                    world.database,
                    new JdbcJobStore(world.database),
                    settings,
                    ready(),
                    Clock.systemUTC(),
                    "dead",
                    List.of(chores));
            List<UUID> ids = new ArrayList<>();
            List<JobRun> late = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                UUID id = world.ids().next();
                ids.add(id);
                pauses.put(id, random.nextInt(20));
                servers.get(i % 2).add(world.admin, new NewJob(id, JobWorld.KIND, "{}"), () -> {});
                if (random.nextInt(8) == 0) {
                    dead.take().ifPresent(late::add);
                }
            }
            long end = System.nanoTime() + 60_000_000_000L;
            while (ids.stream().anyMatch(id -> !world.job(id).state().isOver())) {
                assertThat(System.nanoTime()).as("time").isLessThan(end);
                Thread.sleep(20);
            }
            // It wakes up and finishes what it thinks is its own.
            late.forEach(dead::run);
            servers.forEach(Jobs::close);

            System.out.printf("%d jobs, %d runs, %d of them overtaken%n", JOBS, runs.get(), late.size());
            assertThat(ids).allSatisfy(id -> {
                assertThat(world.job(id).state()).isEqualTo(Job.State.COMPLETED);
                assertThat(world.done(id)).isEqualTo(1);
            });
        }
    }

    private static Readiness ready() {
        Readiness readiness = new Readiness();
        readiness.ready();
        return readiness;
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
