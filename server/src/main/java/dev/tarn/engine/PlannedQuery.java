package dev.tarn.engine;

import dev.tarn.access.Caller;
import dev.tarn.catalog.TableName;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.worker.protocol.Failure;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.TableSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A query that may run.
 *
 * @param sql the caller's text, in which some names were replaced
 * @param original the caller's text
 * @param replaced those
 * @param sources the tables that it sees
 * @param tables what is read of each
 * @param lasting whether all files that it reads are those of tables, which never change
 * @param depth how deep views stand in views
 * @param changed the table whose rows it changes
 */
record PlannedQuery(
        String sql,
        String original,
        List<Replacement> replaced,
        List<TableSource> sources,
        List<PlannedTable> tables,
        boolean lasting,
        int depth,
        Optional<ChangedFiles> changed) {
    private static final long LEAST_TOLD_BYTES = 1 << 20;

    /** All that a worker needs to run it. */
    Query query(Framing framing, Run run, WorkerPool workers) {
        Caller caller = run.caller();
        return new Query(
                framing.before + sql + framing.after,
                run.parameters(),
                sources,
                run.defaults().catalog(),
                run.defaults().namespaceText(),
                workers.memoryPerTask(),
                workers.threadsPerTask(),
                isLasting() ? caller.tenantId() + "/" + caller.userId() : null);
    }

    /**
     * What it has read.
     *
     * @param bytes compressed ones of column chunks
     */
    Reading reading(long bytes) {
        boolean full = isFull();
        return new Reading(
                bytesScanned(bytes),
                tables.stream()
                        .map(table -> new Reading.TableRead(
                                table.name(), full ? Optional.of(table.read()) : Optional.empty()))
                        .toList());
    }

    /** What is read of each table, and why no more. */
    List<Explanation.TablePlan> plans() {
        return tables.stream().map(PlannedTable::plan).toList();
    }

    /** A view of it would be one deeper. */
    void requireViewPossible() {
        if (depth >= QuerySources.DEEPEST) {
            throw new TarnException(ErrorCode.BINDING_ERROR, QuerySources.tooDeep());
        }
    }

    /** The full names of the views that it reads. */
    Set<String> viewNames() {
        return sources.stream()
                .filter(source -> source.query().isPresent())
                .map(source -> new TableName(
                                source.catalog(), List.of(source.schema().split("\\.", -1)), source.name())
                        .text())
                .collect(Collectors.toSet());
    }

    /** The text of a view names tables and columns that its reader may not see. */
    void requireTextTold(TableName view) {
        if (!isFull()) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The text of a view tells of its tables, and you may see a part of those of %s alone"
                            .formatted(view.text()));
        }
    }

    /** Whether the caller may see all of its tables. */
    private boolean isFull() {
        return sources.stream().allMatch(table -> table.visible().isEmpty());
    }

    /**
     * Whether another statement over the same files may run in the same instance of the engine: of one that may not see all, none
     * may, and rows that the server knows and deletes of rows are in files that go with the statement.
     */
    boolean isLasting() {
        return isFull() && lasting;
    }

    /** A plan tells how many rows there are, and of their values, hidden ones too. */
    void requirePlanTold() {
        if (!isFull()) {
            String limited = sources.stream()
                    .filter(table -> table.visible().isPresent())
                    .map(table -> String.join(".", table.catalog(), table.schema(), table.name()))
                    .collect(Collectors.joining(", "));
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "The plan of a query tells of all rows of its tables, and you may see a part of %s alone; run the query"
                            .formatted(limited));
        }
    }

    /**
     * What is told and metered of the bytes that were read. Which parts of a file a condition lets the engine skip tells of the
     * values in them; so of a query that may not see all of a table no more is told than how large its tables are, roughly.
     */
    private long bytesScanned(long read) {
        return isFull()
                ? read
                : tables.stream()
                        .mapToLong(table -> ceilingPowerOfTwo(
                                Math.max(LEAST_TOLD_BYTES, table.files().all().bytes())))
                        .sum();
    }

    private static long ceilingPowerOfTwo(long bytes) {
        long floor = Long.highestOneBit(bytes);
        return floor == bytes ? bytes : floor << 1;
    }

    /** A worker's failure, at its place in the caller's text when that is known. */
    TarnException failure(Failure failure, int before) {
        int offset = failure.offset() - before;
        if (offset < 0) {
            return WorkerFailures.translate(failure, null);
        }
        return WorkerFailures.translate(
                new Failure(
                        failure.kind(),
                        failure.message(),
                        Replacement.original(offset, replaced),
                        failure.line(),
                        failure.column(),
                        failure.value()),
                original);
    }
}
