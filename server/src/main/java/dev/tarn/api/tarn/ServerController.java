package dev.tarn.api.tarn;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.loading.Loads;
import dev.tarn.platform.Home;
import dev.tarn.platform.Work;
import dev.tarn.platform.database.Database;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.sql.Statements;
import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the server says of itself to who looks after a tenant. How busy its workers are, and the work of other tenants, only the
 * operator learns.
 */
@RestController
class ServerController {
    private final Access access;
    private final Database database;
    private final Home home;
    private final WorkerPool workers;
    private final Statements statements;
    private final Loads loads;
    private final Clock clock;
    private final Instant startedAt;

    ServerController(
            Access access,
            Database database,
            Home home,
            WorkerPool workers,
            Statements statements,
            Loads loads,
            Clock clock) {
        this.access = access;
        this.database = database;
        this.home = home;
        this.workers = workers;
        this.statements = statements;
        this.loads = loads;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /**
     * The server as it is now.
     *
     * @param disk the one of its home
     * @param scope whose statements and loads are counted: those of the server, or of the caller's tenant
     * @param workers null for all but the operator
     */
    record ServerView(
            String version,
            String database,
            String schemaVersion,
            String java,
            DiskView disk,
            Instant startedAt,
            long uptimeMs,
            String scope,
            Work statements,
            Work loads,
            WorkerPool.@Nullable Workers workers) {}

    /** Room, in bytes. */
    record DiskView(long freeBytes, long totalBytes) {}

    @GetMapping("/tarn/v1/server")
    ServerView show(Caller caller) {
        access.require(caller, Verb.MANAGE, Resource.statement("*"));
        boolean operator = access.isOperator(caller);
        File folder = home.folder().toFile();
        return new ServerView(
                Optional.ofNullable(ServerController.class.getPackage().getImplementationVersion())
                        .orElse("unknown"),
                database.kind().name().toLowerCase(Locale.ROOT),
                database.schemaVersion(),
                Runtime.version().toString(),
                new DiskView(folder.getUsableSpace(), folder.getTotalSpace()),
                startedAt,
                Duration.between(startedAt, clock.instant()).toMillis(),
                operator ? "server" : "tenant",
                statements.work(caller),
                loads.work(caller),
                operator ? workers.workers() : null);
    }
}
