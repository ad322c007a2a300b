package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.RowChange;
import dev.tarn.catalog.TableWrite;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.Views;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.Ids;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.storage.Readers;
import dev.tarn.worker.protocol.ChangeTask;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.TouchedFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs DELETE, UPDATE and MERGE up to their commit, over what the caller may see of the tables in them. */
public final class RowChanges {
    private final Access access;
    private final Tables tables;
    private final QueryPlanner planner;
    private final WorkerPool workers;
    private final EngineSettings settings;
    private final Ids ids;
    private final Path scratch;
    private final Readers readers;

    RowChanges(
            Access access,
            Tables tables,
            QueryPlanner planner,
            WorkerPool workers,
            EngineSettings settings,
            Ids ids,
            Path scratch,
            Readers readers) {
        this.access = access;
        this.tables = tables;
        this.planner = planner;
        this.workers = workers;
        this.settings = settings;
        this.ids = ids;
        this.scratch = scratch;
        this.readers = readers;
    }

    /** The same on the tables as the caller has staged them. */
    public RowChanges on(Caller caller, Tables others, Views views) {
        access.requireSomebody(caller);
        return new RowChanges(access, others, planner.on(others, views), workers, settings, ids, scratch, readers);
    }

    /**
     * Runs the statement, as of the newest version of its tables, and leaves the files of its rows to the write.
     *
     * @param write of the table that it changes; whoever began it commits
     * @throws TarnException whatever is wrong with the statement, with its place in the text when it has one
     */
    public ChangedRows change(
            Caller caller,
            BoundStatement bound,
            TableWrite write,
            long targetFileBytes,
            Deadline deadline,
            Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return ParsedStatement.of(bound, settings.maximumSqlLength().toBytes()).with((statement, parameters) -> {
            RowClauses clauses = ((Statement.Changing) statement).clauses().orElseThrow();
            Run run = new Run(caller, parameters, bound.defaults(), deadline, cancellation);
            try (Readers.Registered _ = readers.begin();
                    WorkerLease worker = workers.lease(deadline, cancellation);
                    ScratchTables rows = new ScratchTables(scratch, cancellation)) {
                ReadableTable table = tables.read(caller, write.name(), write.version());
                String nonce = ids.next().toString().replace("-", "");
                new PieceCheck(clauses, table, nonce).check(bound.sql(), sql -> Engine.parse(worker, sql));
                ChangeQuery query = ChangeQuery.of(clauses, table, nonce);
                try {
                    PlannedQuery planned = planned(run, query, table, worker, rows);
                    RowModes modes = RowModes.of(clauses.verb(), table);
                    ChangeTask task = task(query, planned, modes, write, targetFileBytes);
                    if (planned.changed().orElseThrow().isDone()) {
                        return deleted(planned, modes, table, task);
                    }
                    Message.Changed done = worker.call(
                            Message.Changed.class,
                            id -> new Message.Change(id, planned.query(Framing.NONE, run, workers), task),
                            part -> {},
                            failure -> planned.failure(failure, 0));
                    return changed(planned, modes, table, task, done);
                } catch (TarnException e) {
                    throw query.sql().told(e, bound.sql());
                }
            }
        });
    }

    private PlannedQuery planned(
            Run run, ChangeQuery query, ReadableTable table, WorkerLease worker, ScratchTables rows) {
        String text = query.sql().text();
        Statement.Query read = StatementParser.query(text, SqlLexer.tokens(text), 0);
        UnaryOperator<String> parser = sql -> Engine.parse(worker, sql);
        return planner.plan(
                run.caller(),
                read.sql(),
                planner.references(read, parser),
                Optional.of(new ChangedTable(table, query.targets(), query.places(), query.deletes())),
                run.parameters(),
                run.defaults(),
                parser,
                rows);
    }

    private static ChangeTask task(
            ChangeQuery query, PlannedQuery planned, RowModes modes, TableWrite write, long targetFileBytes) {
        ChangedFiles files = planned.changed().orElseThrow();
        MaterializeTask output = WorkerRows.task(write, targetFileBytes, WorkerRows.target(write), List.of());
        return new ChangeTask(
                files.source(),
                output,
                modes.rewrites(),
                query.unique(),
                query.effects(),
                modes.hasRowIds()
                        ? files.tasks().stream().map(RowModes::lineage).toList()
                        : List.of());
    }

    private static ChangedRows changed(
            PlannedQuery planned, RowModes modes, ReadableTable table, ChangeTask task, Message.Changed done) {
        ChangedFiles files = planned.changed().orElseThrow();
        List<RowChange.Touched> touched = done.touched().stream()
                .map((TouchedFile file) ->
                        new RowChange.Touched(files.tasks().get(file.number()), file.number(), file.rows()))
                .toList();
        boolean nothing = touched.isEmpty()
                && done.files().isEmpty()
                && files.whole().tasks().isEmpty();
        return new ChangedRows(
                nothing ? Optional.empty() : Optional.of(change(files, modes, table, task, touched)),
                WorkerRows.files(done.files()),
                done.rows() + files.whole().rows(),
                planned.reading(done.bytesScanned()));
    }

    private static RowChange change(
            ChangedFiles files, RowModes modes, ReadableTable table, ChangeTask task, List<RowChange.Touched> touched) {
        return new RowChange(
                table,
                files.wanted(),
                modes.serializable(),
                touched,
                files.whole().tasks(),
                modes.rewrites(),
                Path.of(task.places()));
    }

    /** Whole files go, or none, and no row had to be looked at. */
    private static ChangedRows deleted(PlannedQuery planned, RowModes modes, ReadableTable table, ChangeTask task) {
        ChangedFiles files = planned.changed().orElseThrow();
        return new ChangedRows(
                files.whole().tasks().isEmpty()
                        ? Optional.empty()
                        : Optional.of(change(files, modes, table, task, List.of())),
                List.of(),
                files.whole().rows(),
                planned.reading(0));
    }
}
