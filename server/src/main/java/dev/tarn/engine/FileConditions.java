package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.access.Verb;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import java.time.Clock;
import java.util.List;
import org.apache.iceberg.expressions.Expression;

/** Conditions in SQL, as Iceberg has them, by which files of a table are chosen. */
public final class FileConditions {
    private final Access access;
    private final WorkerPool workers;
    private final Clock clock;

    FileConditions(Access access, WorkerPool workers, Clock clock) {
        this.access = access;
        this.workers = workers;
        this.clock = clock;
    }

    /**
     * Reads a condition over columns of the table.
     *
     * @throws TarnException {@code INVALID_REQUEST} for one that is more than comparisons of columns with constants, {@code
     *     SYNTAX_ERROR}, {@code BINDING_ERROR}
     */
    public Expression read(
            Caller caller, ReadableTable table, String condition, Deadline deadline, Cancellation cancellation) {
        access.require(caller, Verb.DESCRIBE, Resource.table(table.name().text()));
        RowFilter filter;
        try (WorkerLease worker = workers.lease(deadline, cancellation)) {
            filter = RowFilter.of(condition, Engine.parse(worker, RowFilter.BEFORE + condition));
        }
        List<String> unknown = filter.unknown(VisibleTable.column(table));
        if (!unknown.isEmpty()) {
            throw new TarnException(
                    ErrorCode.BINDING_ERROR,
                    "The condition names %s, and %s has no such column"
                            .formatted(String.join(", ", unknown), table.name().text()));
        }
        ColumnFilter.Filter wanted = VisibleTable.filter(table, filter, clock.instant());
        if (!wanted.exact()) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The condition %s cannot choose files: compare columns with constants, as in day >= DATE '2026-01-01' AND country = 'NO'"
                            .formatted(condition));
        }
        return wanted.expression();
    }
}
