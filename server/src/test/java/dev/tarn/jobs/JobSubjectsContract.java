package dev.tarn.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.jobs.JobWorld.Server;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that work on the same thing, and those that the server wants itself. */
abstract class JobSubjectsContract {
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
    void ofTheJobsOfOneSubjectOneAloneWaitsOrRuns() {
        Server server = world.server();
        NewJob wanted = new NewJob(world.ids().next(), JobWorld.KIND, "{}", Optional.of("orders"));
        server.jobs().add(world.admin, wanted, () -> {});
        NewJob again = new NewJob(world.ids().next(), JobWorld.KIND, "{}", Optional.of("orders"));

        assertThatThrownBy(() -> server.jobs().add(world.admin, again, () -> {}))
                .isInstanceOfSatisfying(
                        TarnException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        Caller stranger = world.access.anotherTenant();
        server.jobs()
                .add(stranger, new NewJob(world.ids().next(), JobWorld.KIND, "{}", Optional.of("orders")), () -> {});
        while (server.turn().isPresent()) {
            world.access.clock().advance(Duration.ofMillis(1));
        }
        server.jobs().add(world.admin, again, () -> {});

        assertThat(server.jobs().about(world.admin, JobWorld.KIND, "orders", 10))
                .extracting(Job::id)
                .containsExactly(again.id(), wanted.id());
    }

    @Test
    void aJobOfTheServerItselfRunsAsTheServer() {
        List<Caller> callers = new ArrayList<>();
        Server server = world.server(1, run -> callers.add(run.caller()));
        Caller itself = new Caller.Server(world.admin.tenantId());
        world.add(server, itself);

        assertThat(server.turn()).isPresent();
        assertThat(callers).singleElement().isInstanceOf(Caller.Server.class);
        assertThat(world.access.access().allows(callers.getFirst(), Verb.MANAGE, Resource.table("iceberg.shop.orders")))
                .isTrue();
        assertThat(world.access.access().allows(callers.getFirst(), Verb.MANAGE, Resource.all(Resource.Kind.USER)))
                .isFalse();
    }
}
