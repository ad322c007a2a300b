package dev.tarn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.jobs.JobWorld.Server;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.database.DatabaseKind;
import dev.tarn.storage.Faults;
import dev.tarn.storage.Faults.Kind;
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
import org.springframework.dao.DataAccessException;

/**
 * Cuts the life of a job off at every step of the store. However a server ends, a job that was accepted is done once and reads
 * completed, or reads failed and was not done; and nothing runs for ever.
 */
abstract class JobCrashContract {
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

    /** A whole life, as the threads of a server lead it. */
    private void live(Server server, UUID id) {
        server.jobs().add(world.admin, new NewJob(id, JobWorld.KIND, "{}"), () -> {});
        server.running().take().ifPresent(run -> {
            server.running().beat();
            server.running().run(run);
        });
        server.running().beat();
    }

    @Test
    void everyStepCanBeCutOffWhenTheJobMayRunOnce() {
        everyStepCanBeCutOff(1);
    }

    @Test
    void everyStepCanBeCutOffWhenTheJobMayRunAgain() {
        everyStepCanBeCutOff(10);
    }

    @Test
    void whatAJobHasNotedIsThereWhenItRunsAgain() {
        List<Optional<String>> noted = new ArrayList<>();
        Server server = world.server(2, run -> {
            noted.add(run.job().result());
            run.note("{\"so\": \"far\"}");
            if (noted.size() == 1) {
                world.afterLease();
                world.server(2, other -> {}).running().beat(); // another has taken it, and gives it back to the queue
                assertThatThrownBy(() -> run.note("{}")).isInstanceOf(TarnException.class);
            }
        });
        UUID id = world.add(server, world.admin);
        server.turn();
        world.access.clock().advance(Duration.ofMinutes(1));

        assertThat(world.job(id).result()).contains("{\"so\": \"far\"}");
        assertThat(server.turn()).isPresent();
        assertThat(noted).containsExactly(Optional.empty(), Optional.of("{\"so\": \"far\"}"));
        assertThat(world.job(id).result()).contains("{\"done\": true}");
    }

    private void everyStepCanBeCutOff(int attempts) {
        Faults counting = Faults.none();
        live(world.server(attempts, run -> {}, counting), world.ids().next());
        List<String> steps = counting.steps();
        assertThat(steps).contains("job insert", "job take", "job complete");
        for (int step = 1; step <= steps.size(); step++) {
            for (Kind kind : List.of(Kind.DIE_BEFORE, Kind.DIE_COMMITTED, Kind.FAIL_BEFORE, Kind.FAIL_AFTER)) {
                cutOff(attempts, step, kind, steps.get(step - 1));
            }
        }
        System.out.printf("%d steps of a job's life cut off in 4 ways%n", steps.size());
    }

    private void cutOff(int attempts, int step, Kind kind, String what) {
        UUID id = world.ids().next();
        String title = "%s at step %d, %s, %d attempts".formatted(kind, step, what, attempts);
        boolean accepted = false;
        Faults faults = Faults.at(step, kind);
        Server cut = world.server(attempts, run -> {}, faults);
        try {
            live(cut, id);
            accepted = true;
        } catch (DataAccessException | TarnException e) {
            accepted = step > 3;
        }
        if (!faults.dead()) {
            cut.running().beat(); // it goes on, and so do its threads
        }

        Server restarted = world.server(attempts, run -> {});
        world.afterLease();
        restarted.running().recover(DatabaseKind.SQLITE);
        for (int i = 0; i < 3; i++) {
            world.access.clock().advance(Duration.ofMinutes(6));
            restarted.running().beat();
            while (restarted.turn().isPresent()) {}
        }

        boolean known = new JdbcJobStore(world.database)
                .find(new JobKey(world.admin.tenantId(), id))
                .isPresent();
        assertThat(known || !accepted)
                .as(title + ": what was accepted is known")
                .isTrue();
        if (known) {
            Job job = world.job(id);
            assertThat(job.state().isOver()).as(title + ": over").isTrue();
            assertThat(world.done(id)).as(title).isEqualTo(job.state() == Job.State.COMPLETED ? 1 : 0);
            if (attempts > 1) {
                assertThat(job.state()).as(title).isEqualTo(Job.State.COMPLETED);
            }
        } else {
            assertThat(world.done(id)).as(title).isZero();
        }
    }
}
