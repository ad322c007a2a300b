package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.engine.Engine;
import dev.tarn.engine.QueryResult;
import dev.tarn.platform.Admission;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.usage.Meter;
import dev.tarn.usage.UsageKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The statements of callers. */
public final class Statements implements AutoCloseable {
    private final Access access;
    private final Engine engine;
    private final Meter meter;
    private final Admission admission;
    private final Ids ids;
    private final Clock clock;
    private final Map<StatementKey, Cancellation> running = new ConcurrentHashMap<>();
    private final Optional<RemoteCancellations> neighbours;

    /** @param neighbours where wishes for other servers go; empty for a server that is alone on its database */
    Statements(
            Access access,
            Engine engine,
            Meter meter,
            Admission admission,
            Ids ids,
            Clock clock,
            Optional<CancellationStore> neighbours) {
        this.access = access;
        this.engine = engine;
        this.meter = meter;
        this.admission = admission;
        this.ids = ids;
        this.clock = clock;
        this.neighbours = neighbours.map(
                store -> new RemoteCancellations(store, clock, () -> Set.copyOf(running.keySet()), this::stop));
    }

    /**
     * Runs a statement to its end.
     *
     * @return the outcome; the caller closes it
     * @throws TarnException what is wrong with the statement; {@code TIMEOUT}, {@code STATEMENT_CANCELLED},
     *     {@code OVERLOADED}; details hold {@code statement_id}
     */
    public StatementOutcome execute(Caller caller, StatementRequest request) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        Instant arrival = clock.instant();
        Deadline deadline = new Deadline(arrival.plus(request.timeout()), request.timeout());
        StatementKey key = new StatementKey(
                caller.tenantId(), caller.userId(), request.id().orElseGet(ids::next));
        Cancellation cancellation = new Cancellation();
        if (running.putIfAbsent(key, cancellation) != null) {
            throw new TarnException(
                    ErrorCode.ALREADY_EXISTS,
                    "A statement with the id %s is running; choose another id".formatted(key.id()));
        }
        try (Admission.Place _ = admission.enter(deadline, cancellation)) {
            QueryResult result = engine.run(caller, request.sql(), request.defaults(), deadline, cancellation);
            complete(key, cancellation, result);
            long elapsed = Duration.between(arrival, clock.instant()).toMillis();
            meter.record(caller, UsageKind.STATEMENT, result.bytesScanned(), elapsed);
            return new StatementOutcome(key.id(), result, elapsed);
        } catch (TarnException e) {
            meter.record(
                    caller,
                    UsageKind.STATEMENT,
                    0,
                    Duration.between(arrival, clock.instant()).toMillis());
            throw e.with("statement_id", key.id().toString());
        } finally {
            running.remove(key);
        }
    }

    /**
     * Stops a running statement of the caller's own.
     *
     * @throws TarnException {@code NOT_FOUND} when it does not run (any more), or is another's
     */
    public void cancel(Caller caller, UUID id) {
        access.require(caller, Verb.DESCRIBE, Resource.statement(id.toString()));
        StatementKey key = new StatementKey(caller.tenantId(), caller.userId(), id);
        if (!stop(key) && !neighbours.map(others -> others.ask(key)).orElse(false)) {
            throw new TarnException(ErrorCode.NOT_FOUND, "No statement %s of yours is running".formatted(id));
        }
    }

    /** Whoever was told that a statement is cancelled must not see it complete: the map orders the two. */
    private void complete(StatementKey key, Cancellation cancellation, QueryResult result) {
        running.remove(key);
        if (cancellation.requested()) {
            result.close();
            throw cancellation.failure();
        }
    }

    private boolean stop(StatementKey key) {
        return running.computeIfPresent(key, (same, cancellation) -> {
                    cancellation.request();
                    return cancellation;
                })
                != null;
    }

    /** Ends what still runs when the server stops. */
    void outOfTime() {
        running.values().forEach(Cancellation::outOfTime);
    }

    @Override
    public void close() {
        neighbours.ifPresent(RemoteCancellations::close);
    }
}
