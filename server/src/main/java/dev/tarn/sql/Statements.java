package dev.tarn.sql;

import dev.tarn.access.Access;
import dev.tarn.access.Audit;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.WriteMode;
import dev.tarn.engine.Change;
import dev.tarn.engine.ChangeResult;
import dev.tarn.engine.Engine;
import dev.tarn.engine.Explanation;
import dev.tarn.engine.ExportedFile;
import dev.tarn.engine.LongRun;
import dev.tarn.engine.QueryResult;
import dev.tarn.engine.Reading;
import dev.tarn.platform.Admission;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.usage.Allowance;
import dev.tarn.usage.Meter;
import dev.tarn.usage.Use;
import dev.tarn.worker.protocol.ExportTask;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;

/** The statements of callers. */
public final class Statements implements AutoCloseable {
    /** How long a statement that is submitted may wait to be looked at. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Access access;
    private final StatementAudit audit;
    private final Engine engine;
    private final ResultTables resultTables;
    private final Changes changes;
    private final Meter meter;
    private final Allowance allowance;
    private final Admission admission;
    private final StatementHistory history;
    private final Path scratch;
    private final long largestExport;
    private final Ids ids;
    private final Clock clock;
    private final RunningStatements running = new RunningStatements();
    private final Optional<RemoteCancellations> neighbours;

    /**
     * @param scratch where exported files stand until they are sent
     * @param neighbours where wishes for other servers go; empty for a server that is alone on its database
     */
    Statements(
            Access access,
            Audit audit,
            Engine engine,
            ResultTables resultTables,
            Changes changes,
            Meter meter,
            Allowance allowance,
            Admission admission,
            StatementHistory history,
            Path scratch,
            long largestExport,
            Ids ids,
            Clock clock,
            Optional<CancellationStore> neighbours) {
        this.access = access;
        this.audit = new StatementAudit(audit);
        this.engine = engine;
        this.resultTables = resultTables;
        this.changes = changes;
        this.meter = meter;
        this.allowance = allowance;
        this.admission = admission;
        this.history = history;
        this.scratch = scratch;
        this.largestExport = largestExport;
        this.ids = ids;
        this.clock = clock;
        this.neighbours = neighbours.map(store -> new RemoteCancellations(store, clock, running::keys, running::stop));
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
        return admitted(caller, request, StatementUse.RUN, (run, deadline, cancellation) -> {
            Optional<Change> change = engine.change(caller, request.bound());
            if (change.isPresent()) {
                ChangeResult done =
                        changes.apply(new Changes.Run(caller, request.bound(), deadline, cancellation), change.get());
                // What is committed is true, whoever has asked to stop it meanwhile.
                run.end(done.rows().orElse(0), done.reading());
                return new StatementOutcome(run.id(), done, run.elapsedMs());
            }
            LongRun how = new LongRun(OptionalLong.empty(), run::reached);
            QueryResult result = engine.runLong(caller, request.bound(), how, deadline, cancellation);
            run.complete(result.rowCount(), result.reading(), result::close);
            return new StatementOutcome(run.id(), result, run.elapsedMs());
        });
    }

    /**
     * Runs a query and writes its result as a file.
     *
     * @return the file; the caller closes it
     * @throws TarnException as {@link #execute}, and {@code BAD_FILE} for what the format cannot hold
     */
    public ExportOutcome export(Caller caller, StatementRequest request, ExportTask.Format format) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return admitted(caller, request, StatementUse.EXPORT, (run, deadline, cancellation) -> {
            Path file = scratch.resolve("export-" + ids.next());
            ExportTask task = new ExportTask(format, file.toString(), largestExport);
            ExportedFile exported = engine.export(caller, request.bound(), task, deadline, cancellation);
            ExportOutcome outcome = new ExportOutcome(run.id(), file, exported, run.elapsedMs());
            run.complete(exported.rows(), exported.reading(), outcome::close);
            return outcome;
        });
    }

    /**
     * Runs a query and makes its result a table's rows, in one commit.
     *
     * @throws TarnException as {@link #execute}, and as a load into that table does
     */
    public TableOutcome keep(Caller caller, StatementRequest request, TableName table, WriteMode mode) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return admitted(caller, request, StatementUse.RUN, (run, deadline, cancellation) -> {
            ResultTables.Kept kept = resultTables.keep(caller, request.bound(), table, mode, deadline, cancellation);
            // What is committed is true, whoever has asked to stop it meanwhile.
            run.end(kept.rows(), kept.reading());
            return new TableOutcome(
                    run.id(),
                    kept.table(),
                    kept.rows(),
                    kept.snapshotId(),
                    run.elapsedMs(),
                    kept.reading().bytesScanned());
        });
    }

    /** Says what a query would do. It can be cancelled by its id, and is neither in the history nor metered. */
    public Explanation explain(Caller caller, StatementRequest request) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return admitted(caller, request, StatementUse.EXPLAIN, (run, deadline, cancellation) -> {
            Explanation explanation = engine.explain(caller, request.bound(), deadline, cancellation);
            run.complete(0, explanation.reading(), () -> {});
            return explanation;
        });
    }

    /** The statements and plans that this server has now: all of them for its operator, else those of the caller's tenant. */
    public dev.tarn.platform.Work work(Caller caller) {
        access.require(caller, Verb.MANAGE, Resource.statement("*"));
        return running.work(access.isOperator(caller) ? Optional.empty() : Optional.of(caller.tenantId()));
    }

    /**
     * Says whether a statement parses and is allowed. A refusal is as one of {@link #execute}; what cannot be known now, because
     * the server is busy, is known when the statement runs.
     */
    void check(Caller caller, StatementRequest request) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        Instant arrival = clock.instant();
        Deadline deadline = Deadline.in(clock, PATIENCE);
        try (Admission.Place _ = admission.enter(owner(caller), deadline, new Cancellation())) {
            engine.check(caller, request.bound(), deadline, new Cancellation());
        } catch (TarnException e) {
            if (!e.code().retryable()) {
                refused(caller, request, arrival, e);
                throw e.with("statement_id", request.id().orElseThrow().toString());
            }
        }
    }

    /** Writes down how a statement ended that never ran. */
    void refused(Caller caller, StatementRequest request, Instant arrival, TarnException failure) {
        StatementKey key = new StatementKey(
                caller.tenantId(), caller.userId(), request.id().orElseThrow());
        run(caller, request, StatementUse.RUN, key, arrival).fail(failure);
    }

    /** Notes that the caller has asked for the end of a statement that was submitted. */
    void askedToEnd(Caller caller, UUID id) {
        audit.cancelled(caller, id);
    }

    interface Task<T> {
        T in(Run run, Deadline deadline, Cancellation cancellation);
    }

    private <T> T admitted(Caller caller, StatementRequest request, StatementUse kind, Task<T> work) {
        return attended(
                caller,
                request,
                kind,
                clock.instant(),
                (deadline, cancellation) -> admission.enter(owner(caller), deadline, cancellation),
                work);
    }

    /** Whoever has several keys and sessions is one user in the queue. */
    private static Object owner(Caller caller) {
        return List.of(caller.tenantId(), caller.userId());
    }

    /** Runs a statement that came at {@code arrival}. It waits for nobody here, because jobs have places of their own. */
    <T> T submitted(Caller caller, StatementRequest request, Instant arrival, Task<T> work) {
        return attended(caller, request, StatementUse.RUN, arrival, this::enterAsJob, work);
    }

    private Admission.Place enterAsJob(Deadline deadline, Cancellation cancellation) {
        if (deadline.left(clock).isZero()) {
            throw deadline.missed();
        }
        return () -> {};
    }

    private interface Entrance {
        Admission.Place enter(Deadline deadline, Cancellation cancellation);
    }

    private <T> T attended(
            Caller caller,
            StatementRequest request,
            StatementUse kind,
            Instant arrival,
            Entrance entrance,
            Task<T> work) {
        Deadline deadline = new Deadline(arrival.plus(request.timeout()), request.timeout());
        StatementKey key = new StatementKey(
                caller.tenantId(), caller.userId(), request.id().orElseGet(ids::next));
        Cancellation cancellation = request.cancellation();
        RunningStatements.Entry entry = running.add(key, cancellation);
        Run run = run(caller, request, kind, key, arrival);
        try (Admission.Place _ = entrance.enter(deadline, cancellation)) {
            entry.runs();
            if (kind.reads()) {
                allowance.requireScans(caller);
            }
            return work.in(run, deadline, cancellation);
        } catch (TarnException e) {
            run.fail(e);
            throw e.with("statement_id", key.id().toString());
        } catch (RuntimeException | Error e) {
            run.fail(new TarnException(ErrorCode.INTERNAL, "The server failed at this statement", e));
            throw e;
        } finally {
            running.remove(key);
        }
    }

    private Run run(Caller caller, StatementRequest request, StatementUse kind, StatementKey key, Instant arrival) {
        Optional<StatementRecord> record = kind.reads()
                ? Optional.of(history.begin(
                        caller, key.id(), request.contract(), request.bound().sql(), arrival))
                : Optional.empty();
        return new Run(caller, key, arrival, record, request.cancellation(), audit.begun(caller, kind.verb(), request));
    }

    /** One statement on its way through history and meter. */
    final class Run {
        private final Caller caller;
        private final StatementKey key;
        private final Instant arrival;
        private final Optional<StatementRecord> record;
        private final Cancellation cancellation;
        private final StatementAudit.Begun begun;

        Run(
                Caller caller,
                StatementKey key,
                Instant arrival,
                Optional<StatementRecord> record,
                Cancellation cancellation,
                StatementAudit.Begun begun) {
            this.caller = caller;
            this.key = key;
            this.arrival = arrival;
            this.record = record;
            this.cancellation = cancellation;
            this.begun = begun;
        }

        UUID id() {
            return key.id();
        }

        /** Notes how far it is, 0 to 1. */
        void reached(double fraction) {
            running.reached(key, fraction);
        }

        long elapsedMs() {
            return Duration.between(arrival, clock.instant()).toMillis();
        }

        /** Whoever was told that a statement is cancelled must not see it complete: the map orders the two. */
        void complete(long rows, Reading reading, Runnable discard) {
            requireWanted(discard);
            end(rows, reading);
        }

        /** From now on nobody is told that it is cancelled. */
        void requireWanted(Runnable discard) {
            running.remove(key);
            if (cancellation.requested()) {
                discard.run();
                throw cancellation.failure();
            }
        }

        void end(long rows, Reading reading) {
            record.ifPresent(kept -> {
                history.completed(kept, rows, reading);
                meter.record(caller, Use.statement(reading.bytesScanned(), elapsedMs()));
            });
            begun.completed(key.id(), rows, reading.bytesScanned(), reading.tableNames(), elapsedMs());
        }

        /** In the transaction that makes its effect true: the history never says of what happened that it did not. */
        void completedTogether(long rows, Reading reading) {
            record.ifPresent(kept -> history.completedTogether(kept, rows, reading));
        }

        void fail(TarnException failure) {
            record.ifPresent(kept -> {
                history.failed(kept, failure);
                meter.record(caller, Use.statement(0, elapsedMs()));
            });
            begun.failed(key.id(), failure, elapsedMs());
        }
    }

    /**
     * Stops a running statement: the caller's own, or anybody's of the tenant for who may look after them.
     *
     * @throws TarnException {@code NOT_FOUND} when it does not run (any more), or is another's
     */
    public void cancel(Caller caller, UUID id) {
        access.require(caller, Verb.DESCRIBE, Resource.statement(id.toString()));
        if (!running.stop(new StatementKey(caller.tenantId(), caller.userId(), id)) && !stopElsewhere(caller, id)) {
            throw new TarnException(ErrorCode.NOT_FOUND, "No statement %s of yours is running".formatted(id));
        }
        audit.cancelled(caller, id);
    }

    /**
     * Another user's statement, or one that another server runs: the history knows whose it is. What the history does not know
     * (a plan, or what began a moment ago) may still be the caller's own on another server.
     */
    private boolean stopElsewhere(Caller caller, UUID id) {
        Optional<StatementRecord> known = history.visible(caller, id);
        if (known.isPresent() && known.get().state() != StatementRecord.State.RUNNING) {
            return false;
        }
        StatementKey key = known.map(StatementRecord::key)
                .orElseGet(() -> new StatementKey(caller.tenantId(), caller.userId(), id));
        return running.stop(key) || neighbours.map(others -> others.ask(key)).orElse(false);
    }

    /** How far a statement is that this server runs and whose record the caller was shown, 0 to 1; empty when that is not known. */
    public OptionalDouble progress(Caller caller, StatementRecord shown) {
        access.require(caller, Verb.DESCRIBE, Resource.statement(shown.id().toString()));
        return running.progress(shown.key());
    }

    /** Ends what still runs when the server stops. */
    void outOfTime() {
        running.outOfTime();
    }

    @Override
    public void close() {
        neighbours.ifPresent(RemoteCancellations::close);
    }
}
