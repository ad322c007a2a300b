package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.ReadableView;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.Views;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.storage.Readers;
import dev.tarn.worker.protocol.ExportTask;
import dev.tarn.worker.protocol.MaterializeTask;
import dev.tarn.worker.protocol.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Runs one statement: a worker parses it, the server checks its syntax tree, resolves and authorises its tables and plans
 * their files, and the worker runs it in a locked instance that sees those files alone.
 */
public final class Engine {
    private final Access access;
    private final Tables tables;
    private final Views views;
    private final QueryPlanner planner;
    private final WorkerPool workers;
    private final BufferAllocator allocator;
    private final EngineSettings settings;
    private final Path scratch;
    private final Readers readers;

    Engine(
            Access access,
            Tables tables,
            Views views,
            QueryPlanner planner,
            WorkerPool workers,
            BufferAllocator allocator,
            EngineSettings settings,
            Path scratch,
            Readers readers) {
        this.access = access;
        this.tables = tables;
        this.views = views;
        this.planner = planner;
        this.workers = workers;
        this.allocator = allocator;
        this.settings = settings;
        this.scratch = scratch;
        this.readers = readers;
    }

    /**
     * Runs the statement to its end.
     *
     * @return the result; the caller closes it
     * @throws TarnException whatever is wrong with the statement, with its place in the text when it has one
     */
    public QueryResult run(Caller caller, BoundStatement bound, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return parsed(bound, (statement, parameters) -> {
            Run run = new Run(caller, parameters, bound.defaults(), deadline, cancellation);
            return answer(run, statement);
        });
    }

    /** {@link #run} for a statement that nobody waits for. */
    public QueryResult runLong(
            Caller caller, BoundStatement bound, LongRun how, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return parsed(bound, (statement, parameters) -> {
            Run run = new Run(caller, parameters, bound.defaults(), deadline, cancellation, how);
            return answer(run, statement);
        });
    }

    /**
     * Says whether a statement, or a script, parses and is allowed, without a look at its tables.
     *
     * @throws TarnException {@code SYNTAX_ERROR}, {@code STATEMENT_NOT_ALLOWED}; {@code TIMEOUT} when there was no time to say
     */
    public void check(Caller caller, BoundStatement bound, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        Optional<Script> script = Script.of(bound);
        List<BoundStatement> statements = script.map(Script::statements).orElse(List.of(bound));
        statements.forEach(one -> check(one, script.isPresent(), deadline, cancellation));
    }

    private void check(BoundStatement bound, boolean inScript, Deadline deadline, Cancellation cancellation) {
        parsed(bound, (statement, parameters) -> {
            if (inScript) {
                ParsedStatement.requireScriptable(bound.sql(), statement);
            }
            Optional<Statement.Query> query = ParsedStatement.query(statement);
            if (query.isEmpty()) {
                return List.of();
            }
            try (WorkerLease worker = workers.lease(deadline, cancellation)) {
                String sql = query.get().sql();
                return SyntaxTree.tables(sql, parse(worker, sql));
            }
        });
    }

    /** The same engine on tables and views as the caller has staged them. */
    public Engine on(Caller caller, Tables others, Views otherViews) {
        access.requireSomebody(caller);
        return new Engine(
                access,
                others,
                otherViews,
                planner.on(others, otherViews),
                workers,
                allocator,
                settings,
                scratch,
                readers);
    }

    /**
     * Runs a query and writes its result as one file.
     *
     * @param task where to; nothing is left there when this fails
     * @throws TarnException as {@link #run}, and {@code BAD_FILE} for what the format cannot hold
     */
    public ExportedFile export(
            Caller caller, BoundStatement bound, ExportTask task, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return parsed(bound, (statement, parameters) -> {
            Run run = new Run(caller, parameters, bound.defaults(), deadline, cancellation);
            boolean complete = false;
            try {
                ExportedFile file = attempted(run, ParsedStatement.onlyQuery(statement), (worker, planned) -> {
                    // A process that was killed has left its part.
                    ExportedFile.delete(task.path());
                    Message.Exported done = worker.call(
                            Message.Exported.class,
                            id -> new Message.Export(id, planned.query(Framing.NONE, run, workers), task),
                            part -> {},
                            failure -> planned.failure(failure, 0));
                    return new ExportedFile(done.rows(), done.bytes(), planned.reading(done.bytesScanned()));
                });
                complete = true;
                return file;
            } finally {
                if (!complete) {
                    ExportedFile.delete(task.path());
                }
            }
        });
    }

    /**
     * Runs a query and writes its result as data files. Of a process that is killed files may be left, so it is not run again:
     * whoever began the write removes them.
     *
     * @throws TarnException as {@link #run}
     */
    public MaterializedRows materialize(
            Caller caller, BoundStatement bound, MaterializeTask task, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return materialized(caller, bound, task, deadline, cancellation, ParsedStatement::onlyQuery);
    }

    /** The same of the query in a statement that writes. */
    public MaterializedRows materializeSource(
            Caller caller, BoundStatement bound, MaterializeTask task, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return materialized(caller, bound, task, deadline, cancellation, ParsedStatement::source);
    }

    private MaterializedRows materialized(
            Caller caller,
            BoundStatement bound,
            MaterializeTask task,
            Deadline deadline,
            Cancellation cancellation,
            Function<Statement, Statement.Query> query) {
        return parsed(bound, (statement, parameters) -> {
            Run run = new Run(caller, parameters, bound.defaults(), deadline, cancellation);
            return attempt(run, query.apply(statement), (worker, planned) -> {
                Message.Materialized done = worker.call(
                        Message.Materialized.class,
                        id -> new Message.Materialize(id, planned.query(Framing.NONE, run, workers), task),
                        part -> {},
                        failure -> planned.failure(failure, 0));
                return new MaterializedRows(
                        WorkerRows.schema(done.columns()),
                        WorkerRows.files(done.files()),
                        done.rows(),
                        planned.reading(done.bytesScanned()));
            });
        });
    }

    /**
     * Says what a query would do, and does nothing of it.
     *
     * @throws TarnException as {@link #run}
     */
    public Explanation explain(Caller caller, BoundStatement bound, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return parsed(bound, (statement, parameters) -> {
            Run run = new Run(caller, parameters, bound.defaults(), deadline, cancellation);
            return attempted(run, ParsedStatement.onlyQuery(statement), (worker, planned) -> {
                try (QueryResult plan = spooled(worker, planned, Framing.EXPLAIN, run)) {
                    return Explanation.of(
                            plan,
                            planned.tables().stream().map(PlannedTable::plan).toList());
                }
            });
        });
    }

    /**
     * What the query of a new view answers. It is planned for the caller, and none of its rows is read.
     *
     * @throws TarnException as {@link #run}
     */
    public ViewQuery viewQuery(Caller caller, BoundStatement bound, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        return parsed(bound, (statement, parameters) -> {
            Run run = new Run(caller, parameters, bound.defaults(), deadline, cancellation);
            return attempted(run, ParsedStatement.source(statement), (worker, planned) -> {
                planned.requireViewPossible();
                try (QueryResult empty = spooled(worker, planned, Framing.COLUMNS, run)) {
                    return new ViewQuery(empty.columns(), planned.viewNames());
                }
            });
        });
    }

    private interface Planned<T> {
        T with(WorkerLease worker, PlannedQuery planned);
    }

    private <T> T parsed(BoundStatement bound, ParsedStatement.Work<T> work) {
        return ParsedStatement.of(bound, settings.maximumSqlLength().toBytes()).with(work);
    }

    /**
     * What a statement that writes asks for; empty for one that only reads.
     *
     * @throws TarnException for one that writes and cannot be read
     */
    public Optional<Change> change(Caller caller, BoundStatement bound) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        if (!StatementParser.changes(bound.sql())) {
            return Optional.empty();
        }
        return Optional.of(
                ParsedStatement.of(bound, settings.maximumSqlLength().toBytes()).change());
    }

    private QueryResult answer(Run run, Statement statement) {
        return switch (statement) {
            case Statement.Query query -> query(run, query, Framing.NONE);
            case Statement.Explain explain ->
                attempted(run, explain.query(), (worker, planned) -> {
                    try (QueryResult plan = spooled(worker, planned, Framing.EXPLAIN, run)) {
                        return Explanation.told(plan, planned.plans());
                    }
                });
            case Statement.DescribeQuery describe -> {
                try (QueryResult empty = query(run, describe.query(), Framing.COLUMNS)) {
                    yield CatalogAnswers.columns(empty.columns());
                }
            }
            case Statement.DescribeTable describe -> described(run, describe);
            case Statement.ShowCreateTable show ->
                createText(run, run.defaults().complete(show.table()));
            case Statement.ShowProperties show ->
                CatalogAnswers.properties(
                        tables.describe(run.caller(), run.defaults().complete(show.table())));
            case Statement.ShowFunctions show -> CatalogAnswers.functions(show);
            case Statement.ShowTables show -> CatalogAnswers.tables(run.caller(), tables, show, run.defaults());
            case Statement.ShowDroppedTables _ -> CatalogAnswers.dropped(tables.dropped(run.caller()));
            case Statement.ShowNamespaces show -> CatalogAnswers.namespaces(run.caller(), tables, show);
            case Statement.Changing _ -> throw new IllegalStateException("Whoever writes asks for the change first");
        };
    }

    /** The text of a view tells of its tables; so it is told to who may see all of them, and to who looks after the view. */
    private QueryResult createText(Run run, TableName name) {
        Optional<ReadableView> view = views.find(run.caller(), name);
        if (view.isEmpty()) {
            return CatalogAnswers.createTable(tables.definition(run.caller(), name));
        }
        TableName known = view.get().name();
        if (!access.allows(run.caller(), Verb.MANAGE, Resource.table(known.text()))) {
            attempted(run, new Statement.Query("FROM " + known.sql(), 0), (worker, planned) -> {
                planned.requireTextTold(known);
                return known;
            });
        }
        return CatalogAnswers.createView(view.get());
    }

    /** What is no table of the catalog, such as the metadata of one, may still be something that can be queried. */
    private QueryResult described(Run run, Statement.DescribeTable describe) {
        try {
            return CatalogAnswers.table(
                    tables.describe(run.caller(), run.defaults().complete(describe.table())));
        } catch (TarnException e) {
            boolean unknown = e.code() == ErrorCode.UNKNOWN_TABLE || e.code() == ErrorCode.UNKNOWN_NAMESPACE;
            if (!unknown || !SourceNames.mayBeListed(describe.table())) {
                throw e;
            }
            return answer(run, new Statement.DescribeQuery(new Statement.Query("FROM " + describe.table(), 0)));
        }
    }

    private QueryResult query(Run run, Statement.Query query, Framing framing) {
        return attempted(run, query, (worker, planned) -> spooled(worker, planned, framing, run));
    }

    private <T> T attempted(Run run, Statement.Query query, Planned<T> work) {
        try {
            return attempt(run, query, work);
        } catch (TarnException e) {
            if (e.code() != ErrorCode.WORKER_LOST) {
                throw e;
            }
            // A query changes nothing, so one whose process was killed from outside simply runs again, once.
            return attempt(run, query, work);
        }
    }

    private <T> T attempt(Run run, Statement.Query query, Planned<T> work) {
        try (WorkerLease worker = workers.lease(run.deadline(), run.cancellation());
                ScratchTables rows = new ScratchTables(scratch, run.cancellation());
                Readers.Registered _ = readers.begin()) {
            List<TableReference> references = planner.references(query, sql -> parse(worker, sql));
            return work.with(
                    worker,
                    planner.plan(
                            run.caller(),
                            query.sql(),
                            references,
                            Optional.empty(),
                            run.parameters(),
                            run.defaults(),
                            sql -> parse(worker, sql),
                            rows));
        }
    }

    static String parse(WorkerLease worker, String sql) {
        return worker.call(
                        Message.Parsed.class,
                        id -> new Message.Parse(id, sql),
                        part -> {},
                        failure -> WorkerFailures.translate(failure, sql))
                .syntaxTree();
    }

    private QueryResult spooled(WorkerLease worker, PlannedQuery planned, Framing framing, Run run) {
        if (framing == Framing.EXPLAIN) {
            planned.requirePlanTold();
        }
        ResultSpool spool = new ResultSpool(
                scratch,
                run.how().maximumResult().orElse(settings.maximumResult().toBytes()));
        boolean kept = false;
        try {
            Message.Done done = worker.call(
                    Message.Done.class,
                    id -> new Message.Run(id, planned.query(framing, run, workers)),
                    part -> {
                        switch (part) {
                            case Message.Chunk chunk -> spool.add(chunk.bytes());
                            case Message.Progress progress -> run.how().reached(progress.fraction());
                        }
                    },
                    failure -> planned.failure(failure, framing.before.length()));
            kept = true;
            return new ArrowResult(spool, allocator, done.rows(), planned.reading(done.bytesScanned()));
        } finally {
            if (!kept) {
                spool.close();
            }
        }
    }
}
