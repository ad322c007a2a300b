package dev.tarn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import dev.tarn.jobs.JobWorld.Server;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.storage.FailingStores;
import dev.tarn.storage.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** Schedules, on both databases and with two servers on one. */
abstract class SchedulesContract {
    private static final UUID SUBJECT = new UUID(7, 7);

    @TempDir
    Path folder;

    private JobWorld world;
    private Server server;
    private ScheduleFiring firing;
    private Schedules schedules;

    abstract Database open(Path home);

    @BeforeEach
    void openWorld() {
        world = new JobWorld(open(folder));
        server = world.server();
        firing = firing(server, Faults.none(), payload -> payload);
        schedules = schedules(firing);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private interface Payload {
        String of(String payload);
    }

    private ScheduleFiring firing(Server here, Faults faults, Payload payload) {
        JobHandler handler = new JobHandler() {
            private final JobHandler chores = new JobWorld.Chores(world.database, 1, run -> {});

            @Override
            public String kind() {
                return JobWorld.KIND;
            }

            @Override
            public void run(JobRun run) {
                chores.run(run);
            }

            @Override
            public String payload(Schedule schedule, Caller owner) {
                return payload.of(schedule.payload());
            }

            @Override
            public Duration kept() {
                return Duration.ofDays(1);
            }
        };
        ScheduleStore store = FailingStores.of(ScheduleStore.class, new JdbcScheduleStore(world.database), faults);
        return new ScheduleFiring(
                world.database, store, here.jobs(), List.of(handler), world.ids(), world.access.clock());
    }

    private Schedules schedules(ScheduleFiring here) {
        Schedules made = new Schedules(
                world.access.access(),
                world.access.audit(),
                world.database,
                new JdbcScheduleStore(world.database),
                world.ids(),
                world.access.clock());
        made.fireHere(here);
        return made;
    }

    private Schedule hourly(Caller caller) {
        return schedules.create(
                caller, new Schedule.Wanted(JobWorld.KIND, SUBJECT, "{\"a\": 1}", Timing.parse("0 * * * *", "UTC")));
    }

    private List<ScheduleRun> runs(Schedule schedule) {
        return schedules
                .runs(world.admin, JobWorld.KIND, schedule.id(), new PageRequest(50, Optional.empty()))
                .items();
    }

    private Schedule now(Schedule schedule) {
        return schedules.find(world.admin, JobWorld.KIND, schedule.id());
    }

    /** Moves the clock to its next time, and a moment more. */
    private void come(Schedule schedule) {
        Instant next = now(schedule).next().orElseThrow().at();
        world.access
                .clock()
                .advance(Duration.between(world.access.clock().instant(), next).plusSeconds(1));
    }

    private void work() {
        while (server.turn().isPresent()) {}
    }

    @Test
    void eachTimeBeginsOneJobAsTheOwner() {
        Schedule schedule = hourly(world.admin);
        firing.fire();
        assertThat(runs(schedule)).isEmpty();
        come(schedule);
        firing.fire();
        firing.fire();

        assertThat(runs(schedule)).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo("queued");
            assertThat(run.at()).isEqualTo(schedule.next().orElseThrow().at());
            assertThat(run.local())
                    .isEqualTo(schedule.next().orElseThrow().local().toString());
            assertThat(run.late()).isFalse();
            assertThat(run.manual()).isFalse();
            Job job = world.job(run.jobId().orElseThrow());
            assertThat(job.owner()).isEqualTo(schedule.owner());
            assertThat(job.payload()).isEqualTo("{\"a\": 1}");
        });
        work();
        assertThat(runs(schedule).getFirst().state()).isEqualTo("completed");
        come(schedule);
        firing.fire();
        work();
        assertThat(runs(schedule)).extracting(ScheduleRun::state).containsExactly("completed", "completed");
        assertThat(now(schedule).next().orElseThrow().at())
                .isEqualTo(schedule.next().orElseThrow().at().plus(Duration.ofHours(2)));
    }

    @Test
    void twoServersBeginOneJob() throws InterruptedException {
        Schedule schedule = hourly(world.admin);
        Server other = world.server();
        for (int time = 0; time < 10; time++) {
            come(schedule);
            CountDownLatch both = new CountDownLatch(2);
            AtomicReference<RuntimeException> failure = new AtomicReference<>();
            List<Thread> threads = new ArrayList<>();
            for (Server one : List.of(server, other)) {
                ScheduleFiring here = firing(one, Faults.none(), payload -> payload);
                threads.add(Thread.ofPlatform().start(() -> {
                    both.countDown();
                    try {
                        both.await();
                        here.fire();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        failure.set(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
            work();
        }
        assertThat(runs(schedule)).hasSize(10).extracting(ScheduleRun::state).containsOnly("completed");
    }

    @Test
    void timesThatPassWhileNoServerRunsBeginOneJobLate() {
        Schedule schedule = hourly(world.admin);
        world.access.clock().advance(Duration.ofHours(7));
        firing.fire();
        firing.fire();

        assertThat(runs(schedule)).singleElement().satisfies(run -> {
            assertThat(run.late()).isTrue();
            assertThat(run.at()).isEqualTo(schedule.next().orElseThrow().at());
        });
        assertThat(now(schedule).next().orElseThrow().at())
                .isAfter(world.access.clock().instant());
    }

    @Test
    void oneWhoseRunIsNotOverIsLeftOutAndSaidSo() {
        Schedule schedule = hourly(world.admin);
        come(schedule);
        firing.fire();
        come(schedule);
        firing.fire();

        assertThat(runs(schedule)).extracting(ScheduleRun::state).containsExactly("skipped", "queued");
        assertThat(runs(schedule).getFirst().failure().orElseThrow().detail()).contains("not over");
        assertThat(runs(schedule).getFirst().jobId()).isEmpty();
        assertThatThrownBy(() -> schedules.runNow(world.admin, JobWorld.KIND, schedule.id()))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        work();
        come(schedule);
        firing.fire();
        assertThat(runs(schedule).getFirst().state()).isEqualTo("queued");
    }

    @Test
    void aPausedOneLetsItsTimesPassAndCanBeRunByHand() {
        Schedule schedule = hourly(world.admin);
        assertThat(schedules.pause(world.admin, JobWorld.KIND, schedule.id()).paused())
                .isTrue();
        world.access.clock().advance(Duration.ofHours(3));
        firing.fire();
        assertThat(runs(schedule)).isEmpty();

        ScheduleRun run = schedules.runNow(world.admin, JobWorld.KIND, schedule.id());
        assertThat(run.manual()).isTrue();
        work();
        assertThat(runs(schedule)).extracting(ScheduleRun::state).containsExactly("completed");

        Schedule resumed = schedules.resume(world.admin, JobWorld.KIND, schedule.id());
        assertThat(resumed.paused()).isFalse();
        firing.fire();
        assertThat(runs(schedule)).hasSize(1);
        come(schedule);
        firing.fire();
        assertThat(runs(schedule)).hasSize(2);
        assertThat(runs(schedule).getFirst().late()).isFalse();
    }

    @Test
    void whatKeepsAJobFromBeginningIsTheReasonOfTheRun() {
        Schedule schedule = hourly(world.admin);
        come(schedule);
        firing(server, Faults.none(), payload -> {
                    throw new TarnException(ErrorCode.NOT_FOUND, "There is no such thing any more");
                })
                .fire();

        assertThat(runs(schedule)).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo("failed");
            assertThat(run.failure()).contains(new Job.Failure("not_found", "There is no such thing any more"));
            assertThat(run.jobId()).isEmpty();
        });
    }

    @Test
    void howAJobEndedIsRememberedWhenItIsForgotten() {
        Schedule schedule = hourly(world.admin);
        come(schedule);
        firing.fire();
        work();
        UUID id = runs(schedule).getFirst().jobId().orElseThrow();
        world.access.clock().advance(Duration.ofDays(2));
        server.running().forgetExpired();

        assertThat(new JdbcJobStore(world.database).find(new JobKey(world.admin.tenantId(), id)))
                .isEmpty();
        assertThat(runs(schedule)).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo("completed");
            assertThat(run.finishedAt()).isPresent();
        });
    }

    @Test
    void nobodyFindsAnothersAndDeletedOnesAreGone() {
        Schedule schedule = hourly(world.admin);
        Caller ann = world.access.user(world.admin, "ann");
        assertThatThrownBy(() -> schedules.find(ann, JobWorld.KIND, schedule.id()))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(schedules.list(ann, JobWorld.KIND, Optional.empty())).isEmpty();
        assertThat(schedules.list(world.admin, JobWorld.KIND, Optional.of(SUBJECT)))
                .containsExactly(schedule);
        assertThat(schedules.list(world.admin, JobWorld.KIND, Optional.of(new UUID(7, 8))))
                .isEmpty();

        come(schedule);
        firing.fire();
        schedules.delete(world.admin, JobWorld.KIND, schedule.id());
        assertThat(schedules.list(world.admin, JobWorld.KIND, Optional.empty())).isEmpty();
        Schedule second = hourly(world.admin);
        world.database.inTransaction(() -> schedules.deleteAbout(world.admin, JobWorld.KIND, SUBJECT));
        assertThatThrownBy(() -> now(second)).isInstanceOf(TarnException.class);
        assertThat(world.database
                        .client()
                        .sql("SELECT count(*) FROM schedule_runs")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void runsArePagedAndTheOldestAreForgotten() {
        Schedule schedule = hourly(world.admin);
        for (int i = 0; i < ScheduleFiring.KEPT_RUNS + 5; i++) {
            come(schedule);
            firing.fire();
            work();
        }
        List<ScheduleRun> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = schedules.runs(world.admin, JobWorld.KIND, schedule.id(), new PageRequest(30, cursor));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(all).hasSize(ScheduleFiring.KEPT_RUNS).doesNotHaveDuplicates();
        assertThat(all.getFirst().at()).isAfter(all.getLast().at());
    }

    @Test
    void everyStepOfATimeCanBeCutOff() {
        Schedule counted = hourly(world.admin);
        come(counted);
        Faults counting = Faults.none();
        firing(server, counting, payload -> payload).fire();
        work();
        schedules.delete(world.admin, JobWorld.KIND, counted.id());
        List<String> steps = counting.steps();
        assertThat(steps).contains("schedule advance", "schedule insertRun");
        for (int step = 1; step <= steps.size(); step++) {
            for (Faults.Kind kind : List.of(
                    Faults.Kind.DIE_BEFORE,
                    Faults.Kind.DIE_COMMITTED,
                    Faults.Kind.FAIL_BEFORE,
                    Faults.Kind.FAIL_AFTER)) {
                Schedule schedule = hourly(world.admin);
                come(schedule);
                try {
                    firing(server, Faults.at(step, kind), payload -> payload).fire();
                } catch (DataAccessException e) {
                    // The process is dead.
                }
                firing.fire();
                work();
                assertThat(runs(schedule))
                        .as("%s at %s", kind, steps.get(step - 1))
                        .singleElement()
                        .satisfies(run -> assertThat(run.state()).isEqualTo("completed"));
                schedules.delete(world.admin, JobWorld.KIND, schedule.id());
            }
        }
    }
}
