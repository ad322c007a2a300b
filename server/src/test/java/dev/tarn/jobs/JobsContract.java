package dev.tarn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.ApiKey;
import dev.tarn.access.Caller;
import dev.tarn.access.NewKey;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.access.WantedKey;
import dev.tarn.jobs.JobWorld.Server;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue, on both databases and with two servers on one. */
abstract class JobsContract {
    @TempDir
    Path folder;

    private JobWorld world;

    abstract Database open(Path home);

    @BeforeEach
    void openWorld() {
        world = new JobWorld(open(folder));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aJobRunsAsItsOwnerAndItsResultIsKept() {
        List<Caller> callers = new ArrayList<>();
        Server server = world.server(1, run -> {
            callers.add(run.caller());
            run.progress(0.5);
            world.access.access().require(run.caller(), Verb.MANAGE, Resource.all(Resource.Kind.USER));
        });
        UUID id = world.add(server, world.admin);

        assertThat(world.job(id).state()).isEqualTo(Job.State.QUEUED);
        assertThat(server.turn()).isPresent();
        assertThat(server.turn()).isEmpty();

        Job job = server.jobs().find(world.admin, JobWorld.KIND, id).orElseThrow();
        assertThat(job.state()).isEqualTo(Job.State.COMPLETED);
        assertThat(job.result()).contains("{\"done\": true}");
        assertThat(job.finishedAt()).isPresent();
        assertThat(world.done(id)).isEqualTo(1);
        assertThat(callers).singleElement().satisfies(caller -> {
            assertThat(caller).isInstanceOf(Caller.JobToken.class);
            assertThat(caller.userId()).isEqualTo(world.admin.userId());
            assertThat(caller.workspaceId()).isEqualTo(world.admin.workspaceId());
            assertThat(caller.origin()).isEqualTo(world.admin.origin());
        });
    }

    @Test
    void manyJobsOfOneUserDelayAnothersByOneTurn() {
        Server one = world.server();
        Server two = world.server();
        Caller ann = world.access.user(world.admin, "ann");
        for (int i = 0; i < 64; i++) {
            world.add(one, world.admin);
        }
        assertThat(one.turn()).isPresent();
        tick();
        UUID first = world.add(two, ann);
        UUID second = world.add(two, ann);

        assertThat(turn(one)).isEqualTo(first);
        assertThat(turn(two)).isNotEqualTo(second);
        assertThat(turn(one)).isEqualTo(second);
    }

    private UUID turn(Server server) {
        tick();
        return server.turn().orElseThrow().job().id();
    }

    private void tick() {
        world.access.clock().advance(Duration.ofMillis(1));
    }

    @Test
    void oneServerAloneTakesAJob() {
        Server one = world.server();
        Server two = world.server();
        world.add(one, world.admin);

        assertThat(one.running().take()).isPresent();
        assertThat(two.running().take()).isEmpty();
    }

    @Test
    void aServerRunsNoMoreThanItMay() {
        Server server = world.server();
        for (int i = 0; i < 3; i++) {
            world.add(server, world.admin);
        }
        JobRun first = server.running().take().orElseThrow();
        assertThat(server.running().take()).isPresent();
        assertThat(server.running().take()).isEmpty();
        server.running().run(first);
        assertThat(server.running().take()).isPresent();
    }

    @Test
    void aSilentHolderIsOvertakenAndCanChangeNothing() {
        Server lost = world.server(2, run -> {});
        Server other = world.server(2, run -> {});
        UUID id = world.add(lost, world.admin);
        JobRun stale = lost.running().take().orElseThrow();
        other.running().beat();
        assertThat(world.job(id).state()).isEqualTo(Job.State.RUNNING);

        world.afterLease();
        other.running().beat();
        assertThat(world.job(id).state()).isEqualTo(Job.State.QUEUED);
        world.access.clock().advance(Duration.ofSeconds(2));
        JobRun fresh = other.running().take().orElseThrow();

        lost.running().run(stale); // it had finished its work, and learns now that it was too late
        assertThat(world.done(id)).isZero();
        assertThat(world.job(id).state()).isEqualTo(Job.State.RUNNING);
        lost.running().beat();
        assertThat(fresh.job().attempts()).isEqualTo(2);
        assertThat(fresh.job().fence()).isGreaterThan(stale.job().fence());
        other.running().run(fresh);
        assertThat(world.done(id)).isEqualTo(1);
        assertThat(world.job(id).state()).isEqualTo(Job.State.COMPLETED);
    }

    @Test
    void aHolderThatWasOvertakenIsToldToStop() {
        Server lost = world.server();
        Server other = world.server();
        world.add(lost, world.admin);
        JobRun stale = lost.running().take().orElseThrow();
        world.afterLease();
        other.running().beat();

        lost.running().beat();

        assertThat(stale.cancellation().requested()).isTrue();
    }

    @Test
    void whoBeatsKeepsItsJobs() {
        Server alive = world.server();
        Server other = world.server();
        UUID id = world.add(alive, world.admin);
        JobRun run = alive.running().take().orElseThrow();
        run.progress(0.25);
        for (int i = 0; i < 5; i++) {
            world.access.clock().advance(Duration.ofSeconds(20));
            alive.running().beat();
            other.running().beat();
        }

        assertThat(world.job(id).state()).isEqualTo(Job.State.RUNNING);
        assertThat(world.job(id).fraction()).hasValue(0.25);
        alive.running().run(run);
        assertThat(world.job(id).state()).isEqualTo(Job.State.COMPLETED);
    }

    @Test
    void whatMayNotRunAgainFailsWithAReason() {
        Server lost = world.server();
        UUID id = world.add(lost, world.admin);
        assertThat(lost.running().take()).isPresent();
        Server restarted = world.server();
        world.afterLease();

        restarted.running().recover(world.database.kind());

        Job job = world.job(id);
        assertThat(job.state()).isEqualTo(Job.State.FAILED);
        assertThat(job.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo("stopping");
            assertThat(failure.detail()).contains("server stopped", "send it again");
        });
        assertThat(world.done(id)).isZero();
    }

    @Test
    void aFailureThatMayPassIsTriedAgainLaterAndNotForEver() {
        List<Integer> runs = new ArrayList<>();
        Server server = world.server(3, run -> {
            runs.add(run.job().attempts());
            throw new TarnException(ErrorCode.WORKER_LOST, "gone");
        });
        UUID id = world.add(server, world.admin);

        assertThat(server.turn()).isPresent();
        assertThat(server.turn()).as("before its pause").isEmpty();
        for (int i = 0; i < 5; i++) {
            world.access.clock().advance(Duration.ofMinutes(6));
            server.turn();
        }

        assertThat(runs).containsExactly(1, 2, 3);
        assertThat(world.job(id).state()).isEqualTo(Job.State.FAILED);
        assertThat(world.job(id).failure()).contains(new Job.Failure("worker_lost", "gone"));
    }

    @Test
    void aFailureThatStaysIsNotTriedAgain() {
        Server server = world.server(3, run -> {
            throw new TarnException(ErrorCode.SYNTAX_ERROR, "wrong");
        });
        UUID id = world.add(server, world.admin);
        server.turn();

        assertThat(world.job(id).state()).isEqualTo(Job.State.FAILED);
    }

    @Test
    void aBugIsAFailureWithoutItsWords() {
        Server server = world.server(1, run -> {
            throw new IllegalStateException("/secret/path");
        });
        UUID id = world.add(server, world.admin);
        server.turn();

        assertThat(world.job(id).failure())
                .contains(new Job.Failure("internal", "The server failed at this " + JobWorld.KIND));
    }

    @Test
    void aWaitingJobIsCancelledAtOnceAndARunningOneSoonOnAnyServer() {
        Server one = world.server();
        Server two = world.server();
        UUID waiting = world.add(one, world.admin);
        assertThat(two.jobs()
                        .cancel(world.admin, JobWorld.KIND, waiting)
                        .orElseThrow()
                        .state())
                .isEqualTo(Job.State.CANCELLED);
        assertThat(one.turn()).isEmpty();

        UUID id = world.add(one, world.admin);
        JobRun run = one.running().take().orElseThrow();
        two.jobs().cancel(world.admin, JobWorld.KIND, id);
        assertThat(run.cancellation().requested()).isFalse();
        one.running().beat();
        assertThat(run.cancellation().requested()).isTrue();
        one.running().run(run); // whose work was done by then
        assertThat(world.job(id).state()).isEqualTo(Job.State.CANCELLED);
        assertThat(world.done(id)).isZero();

        two.jobs().cancel(world.admin, JobWorld.KIND, id);
        assertThat(world.job(id).state()).isEqualTo(Job.State.CANCELLED);
        UUID over = world.add(one, world.admin);
        one.turn();
        two.jobs().cancel(world.admin, JobWorld.KIND, over);
        assertThat(world.job(over).state()).isEqualTo(Job.State.COMPLETED);
    }

    @Test
    void aJobThatWasToEndEndsWithItsServerToo() {
        Server lost = world.server(5, run -> {});
        UUID id = world.add(lost, world.admin);
        assertThat(lost.running().take()).isPresent();
        Server other = world.server(5, run -> {});
        other.jobs().cancel(world.admin, JobWorld.KIND, id);
        world.afterLease();
        other.running().beat();

        assertThat(world.job(id).state()).isEqualTo(Job.State.CANCELLED);
    }

    @Test
    void theQueueIsBounded() {
        Server server = world.server();
        Caller ann = world.access.user(world.admin, "ann");
        for (int i = 0; i < JobWorld.SETTINGS.queuePerUser(); i++) {
            world.add(server, world.admin);
        }
        List<String> together = new ArrayList<>();
        assertThatThrownBy(() -> server.jobs()
                        .add(world.admin, new NewJob(world.ids().next(), JobWorld.KIND, "{}"), () -> together.add("x")))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(together).isEmpty();
        for (int i = JobWorld.SETTINGS.queuePerUser(); i < JobWorld.SETTINGS.queue(); i++) {
            world.add(server, ann);
        }
        assertThatThrownBy(() -> world.add(server, ann)).hasMessageContaining("are waiting already");
    }

    @Test
    void aJobIsItsOwnersAlone() {
        Server server = world.server();
        UUID id = world.add(server, world.admin);
        for (Caller other : List.of(
                world.access.anotherTenant(),
                world.access.user(world.admin, "another admin", "Admin"),
                keyOfAdmin(Optional.of(List.of("namespace:elsewhere"))))) {
            assertThat(server.jobs().find(other, JobWorld.KIND, id)).isEmpty();
            assertThat(server.jobs().cancel(other, JobWorld.KIND, id)).isEmpty();
        }
        assertThat(server.jobs().find(world.admin, "other kind", id)).isEmpty();
        assertThat(server.jobs().find(keyOfAdmin(Optional.empty()), JobWorld.KIND, id))
                .isPresent();
        Caller narrow = keyOfAdmin(Optional.of(List.of("namespace:elsewhere")));
        assertThat(server.jobs().find(narrow, JobWorld.KIND, world.add(server, narrow)))
                .isPresent();
    }

    private Caller keyOfAdmin(Optional<List<String>> only) {
        return world.access.callerOf(newKey(only));
    }

    private NewKey newKey(Optional<List<String>> only) {
        return world.access
                .keys()
                .create(
                        world.admin,
                        new WantedKey(
                                "key", Optional.empty(), Optional.empty(), only, Optional.empty(), Optional.empty()));
    }

    @Test
    void theKeyThatAskedLimitsTheJobAndEndsItWhenRevoked() {
        List<Boolean> may = new ArrayList<>();
        Server server = world.server(
                1,
                run -> may.add(world.access
                        .access()
                        .allows(run.caller(), Verb.SELECT, Resource.table("iceberg.shop.orders"))));
        world.add(server, keyOfAdmin(Optional.of(List.of("namespace:iceberg.other"))));
        server.turn();
        world.add(server, keyOfAdmin(Optional.of(List.of("namespace:iceberg.shop"))));
        server.turn();
        NewKey whole = newKey(Optional.empty());
        Caller holder = world.access.callerOf(whole);
        world.add(server, holder);
        server.turn();
        world.add(server, holder);
        ApiKey key = whole.key();
        world.access.keys().revoke(world.admin, key.id());
        server.turn();

        assertThat(may).containsExactly(false, true, true, false);
    }

    @Test
    void whatIsOverIsForgottenAfterItsTime() {
        Server server = world.server();
        UUID id = world.add(server, world.admin);
        server.turn();
        world.access.clock().advance(Duration.ofHours(23));
        server.running().forgetExpired();
        assertThat(world.done(id)).isEqualTo(1);
        UUID waiting = world.add(server, world.admin);
        world.access.clock().advance(Duration.ofHours(2));
        server.running().forgetExpired();

        assertThat(server.jobs().find(world.admin, JobWorld.KIND, id)).isEmpty();
        assertThat(world.done(id)).isZero();
        assertThat(world.job(waiting).state()).isEqualTo(Job.State.QUEUED);
    }
}
