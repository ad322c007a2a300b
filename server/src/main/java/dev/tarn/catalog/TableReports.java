package dev.tarn.catalog;

import dev.tarn.access.Caller;
import dev.tarn.access.Verb;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.Page;
import dev.tarn.platform.PageRequest;
import dev.tarn.platform.TarnException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.metrics.MetricsReport;

/**
 * What clients of the catalog say of their scans and commits, for whoever may read all of the table. Of each table the newest are
 * kept, for a while.
 */
public final class TableReports {
    private final CatalogParts parts;
    private final ReportStore store;

    TableReports(CatalogParts parts, ReportStore store) {
        this.parts = parts;
        this.store = store;
    }

    /** Keeps what a client reports; a kind of report that is not known is not kept. */
    public void add(Caller caller, TableIdentifier identifier, MetricsReport report) {
        parts.access().requireSomebody(caller);
        ExactLookup.Found table = parts.exact().whole(caller, identifier, Pointer.Kind.TABLE);
        ReportedMetrics.of(report).ifPresent(metrics -> {
            UUID id = parts.ids().next();
            Instant now = parts.clock().instant();
            store.add(
                    caller.tenantId(),
                    location(table.pointer()),
                    new TableReport(
                            id,
                            metrics.kind(),
                            now,
                            caller.userId(),
                            caller.name(),
                            metrics.engine(),
                            metrics.snapshotId(),
                            metrics.operation(),
                            metrics.filter(),
                            metrics.duration(),
                            metrics.figures()),
                    parts.settings().reportsOfTable());
        });
    }

    private String location(Pointer pointer) {
        return parts.metadata().read(pointer.location()).location();
    }

    /**
     * The reports of a table, newest first.
     *
     * @throws TarnException {@code FORBIDDEN} also for who may read some columns or rows alone
     */
    public Page<TableReport> list(Caller caller, TableName name, PageRequest page) {
        parts.access().requireSomebody(caller);
        Lookup.Located table = new Lookup(parts).located(caller, Verb.SELECT, name, Optional.of(Pointer.Kind.TABLE));
        if (!table.rights().isFull()) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "You may see a part of %s alone, and reports tell of all of it"
                            .formatted(table.name().text()));
        }
        List<TableReport> found = store.list(
                caller.tenantId(), location(table.pointer()), page.cursor().map(TableReports::id), page.limit() + 1);
        return Page.of(found, page.limit(), last -> last.id().toString());
    }

    private static UUID id(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw PageRequest.unknownCursor(e);
        }
    }

    /** Removes what is too old. */
    int sweep() {
        return store.purge(parts.clock().instant().minus(parts.settings().reportsKept()));
    }
}
