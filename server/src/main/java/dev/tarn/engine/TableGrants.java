package dev.tarn.engine;

import dev.tarn.access.Caller;
import dev.tarn.access.GrantWords;
import dev.tarn.access.Resource;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.platform.Cancellation;
import dev.tarn.platform.Deadline;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.workers.WorkerFailures;
import dev.tarn.platform.workers.WorkerLease;
import dev.tarn.platform.workers.WorkerPool;
import dev.tarn.worker.protocol.Message;
import dev.tarn.worker.protocol.Query;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.Visibility;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.types.Types.NestedField;

/** Columns and row filters of grants are tried out on the table as it is, without its rows, before they are kept. */
final class TableGrants implements GrantWords {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Tables tables;
    private final WorkerPool workers;
    private final Clock clock;

    TableGrants(Tables tables, WorkerPool workers, Clock clock) {
        this.tables = tables;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public void check(Caller caller, Resource resource, Optional<List<String>> columns, Optional<String> rows) {
        ReadableTable table = tables.read(caller, TableName.parse(resource.name()));
        Predicate<String> known = VisibleTable.column(table);
        columns.orElse(List.of()).stream().filter(known.negate()).findFirst().ifPresent(column -> {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The table %s has no column %s".formatted(table.name().text(), column));
        });
        rows.ifPresent(text -> checkRows(caller, table, text));
    }

    private void checkRows(Caller caller, ReadableTable table, String text) {
        Predicate<String> column = VisibleTable.column(table);
        if (RowFilter.isTaken(column)) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST,
                    "The table %s has a column that is called current_user or current_roles, so no row filter can know the caller; rename it"
                            .formatted(table.name().text()));
        }
        try (WorkerLease worker = workers.lease(Deadline.in(clock, LONGEST), new Cancellation())) {
            RowFilter filter = RowFilter.of(text, Engine.parse(worker, RowFilter.BEFORE + text));
            List<String> unknown = filter.unknown(column);
            if (!unknown.isEmpty()) {
                throw new TarnException(
                        ErrorCode.INVALID_REQUEST,
                        "it names %s, and the table %s has no such column"
                                .formatted(unknown.getFirst(), table.name().text()));
            }
            String known = "(SELECT *, '' AS current_user, CAST([] AS VARCHAR[]) AS current_roles FROM %s)"
                    .formatted(qualified(table));
            run(worker, table, "SELECT 1 FROM %s WHERE (%s\n)".formatted(known, text), Optional.empty());
            requireBoolean(worker, table, known, text);
            Visibility.Part part = new Visibility.Part(names(table), text);
            Visibility used = new Visibility(List.of(part), caller.name(), List.of());
            run(worker, table, "SELECT 1 FROM " + qualified(table), Optional.of(used));
        } catch (TarnException e) {
            throw e.code().status() == ErrorCode.INVALID_REQUEST.status() ? told(e) : e;
        }
    }

    /** The type of an expression is known before there are rows; the one that is counted has NULLs alone. */
    private void requireBoolean(WorkerLease worker, ReadableTable table, String known, String text) {
        String sql =
                "SELECT 1 FROM (SELECT typeof((%s\n)) AS type FROM (SELECT 1) LEFT JOIN %s ON true) WHERE type = 'BOOLEAN'"
                        .formatted(text, known);
        if (run(worker, table, sql, Optional.empty()) != 1) {
            throw new TarnException(
                    ErrorCode.INVALID_REQUEST, "it is no condition: it must be true or false for each row");
        }
    }

    /** Over the table without any of its rows; returns how many rows there were. */
    private long run(WorkerLease worker, ReadableTable table, String sql, Optional<Visibility> visible) {
        TableSource source = new TableSource(
                table.name().catalog(),
                table.name().namespaceText(),
                table.name().table(),
                SourceColumns.of(table),
                List.of(),
                false,
                visible);
        Query query = new Query(
                sql,
                List.of(),
                List.of(source),
                table.name().catalog(),
                table.name().namespaceText(),
                workers.memoryPerTask(),
                1);
        return worker.call(
                        Message.Done.class,
                        id -> new Message.Run(id, query),
                        part -> {},
                        failure -> WorkerFailures.translate(failure, null))
                .rows();
    }

    private static List<String> names(ReadableTable table) {
        return table.schema().columns().stream().map(NestedField::name).toList();
    }

    private static String qualified(ReadableTable table) {
        return Replacement.quoted(table.name());
    }

    private static TarnException told(TarnException failure) {
        return new TarnException(failure.code(), "The row filter cannot be used: " + failure.getMessage(), failure);
    }
}
