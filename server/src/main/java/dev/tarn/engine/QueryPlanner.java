package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableVersion;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
        Map<TableRead, ReadableTable> tables = new LinkedHashMap<>();
        List<FileFilters.Read> reads = new ArrayList<>();
        List<TableRead> names = new ArrayList<>();
        for (TableReference reference : references) {
            ReadableTable read = read(caller, sql, reference, defaults);
            TableRead name = new TableRead(read.name(), reference.version());
            // One version of a table for the whole query, whoever commits meanwhile.
            reads.add(new FileFilters.Read(reference, tables.computeIfAbsent(name, same -> read)));
            names.add(name);
        }
        Map<TableRead, String> schemas = schemas(tables.keySet());
        List<Replacement> replacements = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            replacements.addAll(replacements(sql, references.get(i), names.get(i), schemas));
        }
        FileFilters filters = new FileFilters(reads, parameters);
        List<TableSource> sources = new ArrayList<>();
        List<TablePlan> plans = new ArrayList<>();
        tables.forEach((name, table) -> {
            Optional<VisibleTable> part = table.rights().isFull()
                    ? Optional.empty()
                    : Optional.of(VisibleTable.of(table, rowFilters, parser));
            PlannedFiles files = PlannedFiles.of(
                    table, part.map(VisibleTable::wanted).orElseGet(() -> filters.of(table)), warehouse);
            sources.add(source(
                    table,
                    schemas.getOrDefault(name, name.name().namespaceText()),
                    files.files(),
                    part.map(visible -> visibility(caller, visible))));
            plans.add(files.plan(table));
        });
        String planned = Replacement.applied(sql, replacements);
        if (!replacements.isEmpty()) {
            // The gate has seen another text.
            SyntaxTree.tables(planned, parser.apply(planned));
        }
        return new PlannedQuery(planned, sql, replacements, sources, plans);
    }

    /** A version of a table. */
    private record TableRead(TableName name, TableVersion version) {}

    /**
     * The schema in which the worker has each table: its namespace. Of tables of which a query reads several versions, each is in
     * one of its own, whose name is no namespace's, since a level of a namespace is never empty.
     */
    private static Map<TableRead, String> schemas(Set<TableRead> tables) {
        Map<TableName, List<TableRead>> versions = tables.stream()
                .collect(Collectors.groupingBy(TableRead::name, LinkedHashMap::new, Collectors.toList()));
        Map<TableRead, String> schemas = new HashMap<>();
        versions.forEach((name, reads) -> {
            for (int i = 0; i < reads.size(); i++) {
                schemas.put(reads.get(i), i == 0 ? name.namespaceText() : name.namespaceText() + ".." + i);
            }
        });
        return schemas;
    }

    private static List<Replacement> replacements(
            String sql, TableReference reference, TableRead read, Map<TableRead, String> schemas) {
        List<Replacement> replacements = new ArrayList<>();
        TableName name = read.name();
        String schema = schemas.getOrDefault(read, name.namespaceText());
        if (name.namespace().size() > 1 || !schema.equals(name.namespaceText())) {
            if (reference.offset() < 0) {
                throw new TarnException(
                        ErrorCode.STATEMENT_NOT_ALLOWED,
                        "The table %s cannot be read in this form of query; put (select * from ...) in its place"
                                .formatted(name.text()));
            }
            replacements.add(Replacement.of(sql, reference, name.catalog(), schema, name.table()));
        }
        reference.clause().map(clause -> Replacement.blank(sql, clause)).ifPresent(replacements::add);
        return replacements;
    }

    private Visibility visibility(Caller caller, VisibleTable visible) {
        return visible.visibility(caller.name(), access.rights(caller).roleNames());
    }

    private ReadableTable read(Caller caller, String sql, TableReference reference, Defaults defaults) {
        try {
            return tables.read(caller, TableName.of(reference.path(), defaults.namespace()), reference.version());
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

    private static TableSource source(
            ReadableTable table, String schema, List<SourceFile> files, Optional<Visibility> visible) {
        return new TableSource(
                table.name().catalog(),
                schema,
                table.name().table(),
                SourceColumns.of(table),
                files,
                SourceColumns.evolved(table),
                visible);
    }
}
