package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Runs one statement: a worker parses it, the server checks its syntax tree, resolves and authorises its tables and plans
 * their files, and the worker runs it in a locked instance that sees those files alone.
 */
public final class Engine {
    private final Access access;
    private final Tables tables;
    private final QueryPlanner planner;
    private final WorkerPool workers;
    private final BufferAllocator allocator;
    private final EngineSettings settings;
    private final Path scratch;

    Engine(
            Access access,
            Tables tables,
            QueryPlanner planner,
            WorkerPool workers,
            BufferAllocator allocator,
            EngineSettings settings,
            Path scratch) {
        this.access = access;
        this.tables = tables;
        this.planner = planner;
        this.workers = workers;
        this.allocator = allocator;
        this.settings = settings;
        this.scratch = scratch;
    }

    /**
     * Runs the statement to its end.
     *
     * @param sql one statement
     * @param defaults where names without a namespace are looked up
     * @return the result; the caller closes it
     * @throws TarnException whatever is wrong with the statement, with its place in {@code sql} when it has one
     */
    public QueryResult run(Caller caller, String sql, Defaults defaults, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.CREATE, Resource.statement("*"));
        if (sql.length() > settings.maximumSqlLength().toBytes()) {
            throw new TarnException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "The statement has %d characters and the limit is %d; load long lists as a table and join it"
                            .formatted(sql.length(), settings.maximumSqlLength().toBytes()));
        }
        Statement statement = StatementParser.parse(sql);
        try {
            return answer(caller, statement, defaults, deadline, cancellation);
        } catch (TarnException e) {
            throw statement instanceof Statement.OfQuery ofQuery
                    ? shifted(e, sql, ofQuery.query().offset())
                    : e;
        }
    }

    private QueryResult answer(
            Caller caller, Statement statement, Defaults defaults, Deadline deadline, Cancellation cancellation) {
        return switch (statement) {
            case Statement.Query query -> query(caller, query, Framing.NONE, defaults, deadline, cancellation);
            case Statement.Explain explain ->
                query(caller, explain.query(), Framing.EXPLAIN, defaults, deadline, cancellation);
            case Statement.DescribeQuery describe -> {
                try (QueryResult empty =
                        query(caller, describe.query(), Framing.COLUMNS, defaults, deadline, cancellation)) {
                    yield CatalogAnswers.columns(empty.columns());
                }
            }
            case Statement.DescribeTable describe ->
                CatalogAnswers.table(tables.describe(caller, defaults.complete(describe.table())));
            case Statement.ShowTables show -> CatalogAnswers.tables(caller, tables, show, defaults);
            case Statement.ShowNamespaces show -> CatalogAnswers.namespaces(caller, tables, show);
        };
    }

    private QueryResult query(
            Caller caller,
            Statement.Query query,
            Framing framing,
            Defaults defaults,
            Deadline deadline,
            Cancellation cancellation) {
        try {
            return attempt(caller, query, framing, defaults, deadline, cancellation);
        } catch (TarnException e) {
            if (e.code() != ErrorCode.WORKER_LOST) {
                throw e;
            }
            // A query changes nothing, so one whose process was killed from outside simply runs again, once.
            return attempt(caller, query, framing, defaults, deadline, cancellation);
        }
    }

    /** The query may stand inside of a longer text (EXPLAIN, DESCRIBE), and places are counted in that. */
    private static TarnException shifted(TarnException failure, String sql, int offset) {
        return failure.position()
                .map(place -> failure.at(TextPosition.of(sql, place.offset() + offset, place.length())))
                .orElse(failure);
    }

    private QueryResult attempt(
            Caller caller,
            Statement.Query query,
            Framing framing,
            Defaults defaults,
            Deadline deadline,
            Cancellation cancellation) {
        try (WorkerLease worker = workers.lease(deadline, cancellation)) {
            List<TableReference> references = SyntaxTree.tables(query.sql(), parse(worker, query.sql()));
            PlannedQuery planned = planner.plan(caller, query.sql(), references, defaults);
            return execute(worker, planned, framing, defaults);
        }
    }

    private static String parse(WorkerLease worker, String sql) {
        return switch (worker.call(id -> new Message.Parse(id, sql), part -> {})) {
            case Message.Parsed parsed -> parsed.syntaxTree();
            case Message.Failed failed -> throw WorkerFailures.translate(failed.failure(), sql);
            case Message.Reply other -> throw unexpected(other);
        };
    }

    private QueryResult execute(WorkerLease worker, PlannedQuery planned, Framing framing, Defaults defaults) {
        Query query = new Query(
                framing.before + planned.sql() + framing.after,
                List.of(),
                planned.sources(),
                defaults.catalog(),
                defaults.namespaceText(),
                workers.memoryPerTask(),
                workers.threadsPerTask());
        ResultSpool spool = new ResultSpool(scratch, settings.maximumResult().toBytes());
        boolean kept = false;
        try {
            Message.Reply end = worker.call(id -> new Message.Run(id, query), part -> {
                if (part instanceof Message.Chunk chunk) {
                    spool.add(chunk.bytes());
                }
            });
            QueryResult result = switch (end) {
                case Message.Done done -> new ArrowResult(spool, allocator, done.rows(), done.bytesScanned());
                case Message.Failed failed -> throw planned.failure(failed.failure(), framing.before.length());
                case Message.Reply other -> throw unexpected(other);
            };
            kept = true;
            return result;
        } finally {
            if (!kept) {
                spool.close();
            }
        }
    }

    /** What stands around a query when it runs. */
    private enum Framing {
        NONE("", ""),
        EXPLAIN("EXPLAIN ", ""),
        /** Only the columns are wanted; the line break ends a comment that the query may end in. */
        COLUMNS("FROM (", "\n) LIMIT 0");

        private final String before;
        private final String after;

        Framing(String before, String after) {
            this.before = before;
            this.after = after;
        }
    }

    private static IllegalStateException unexpected(Message.Reply reply) {
        return new IllegalStateException(
                "A worker answered with " + reply.getClass().getSimpleName());
    }
}
