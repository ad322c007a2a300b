package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.engine.Explanation.TablePlan;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import dev.tarn.storage.Warehouse;
import dev.tarn.worker.protocol.Parameter;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** From the names in a query to the files that it reads. Reading a table through the catalog authorises the caller. */
final class QueryPlanner {
    private final Tables tables;
    private final Warehouse warehouse;
    private final Access access;
    private final RowFilters rowFilters;

    QueryPlanner(Tables tables, Warehouse warehouse, Access access, RowFilters rowFilters) {
        this.tables = tables;
        this.warehouse = warehouse;
        this.access = access;
        this.rowFilters = rowFilters;
    }

    /** @param parser from a query to its syntax tree */
    PlannedQuery plan(
            Caller caller,
            String sql,
            List<TableReference> references,
            List<Parameter> parameters,
            Defaults defaults,
            UnaryOperator<String> parser) {
        Map<TableName, ReadableTable> tables = new LinkedHashMap<>();
        List<FileFilters.Read> reads = new ArrayList<>();
        List<Replacement> replacements = new ArrayList<>();
        for (TableReference reference : references) {
            ReadableTable read = read(caller, sql, reference, defaults);
            // One version of a table for the whole query, whoever commits meanwhile.
            ReadableTable table = tables.computeIfAbsent(read.name(), name -> read);
            reads.add(new FileFilters.Read(reference, table));
            if (table.name().namespace().size() > 1) {
                replacements.add(Replacement.of(sql, reference, table.name()));
            }
        }
        FileFilters filters = new FileFilters(reads, parameters);
        List<TableSource> sources = new ArrayList<>();
        List<TablePlan> plans = new ArrayList<>();
        for (ReadableTable table : tables.values()) {
            Optional<VisibleTable> part = table.rights().isFull()
                    ? Optional.empty()
                    : Optional.of(VisibleTable.of(table, rowFilters, parser));
            PlannedFiles files = PlannedFiles.of(
                    table, part.map(VisibleTable::wanted).orElseGet(() -> filters.of(table)), warehouse);
            sources.add(source(table, files.files(), part.map(visible -> visibility(caller, table, visible))));
            plans.add(files.plan(table));
        }
        return new PlannedQuery(Replacement.applied(sql, replacements), sql, sources, plans);
    }

    private Visibility visibility(Caller caller, ReadableTable table, VisibleTable visible) {
        Resource read = Resource.table(table.name().text());
        return visible.visibility(caller.name(), access.rights(caller, read).roleNames());
    }

    private ReadableTable read(Caller caller, String sql, TableReference reference, Defaults defaults) {
        try {
            return tables.read(caller, TableName.of(reference.path(), defaults.namespace()));
        } catch (TarnException e) {
            TarnException told = told(e, reference, defaults);
            throw reference.offset() < 0 ? told : told.at(TextPosition.of(sql, reference.offset(), reference.length()));
        }
    }

    /** Somebody who named no namespace is told of the table, even where the default namespace is not made yet. */
    private static TarnException told(TarnException failure, TableReference reference, Defaults defaults) {
        return failure.code() == ErrorCode.UNKNOWN_NAMESPACE && reference.path().size() == 1
                ? new TarnException(
                        ErrorCode.UNKNOWN_TABLE,
                        "There is no table %s in namespace %s; name another, as namespace.table"
                                .formatted(reference.path().getFirst(), defaults.namespaceText()),
                        failure)
                : failure;
    }

    private static TableSource source(ReadableTable table, List<SourceFile> files, Optional<Visibility> visible) {
        return new TableSource(
                table.name().catalog(),
                table.name().namespaceText(),
                table.name().table(),
                SourceColumns.of(table),
                files,
                SourceColumns.evolved(table),
                visible);
    }
}
