package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableVersion;
import dev.tarn.catalog.Tables;
import dev.tarn.engine.Explanation.TablePlan;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Warehouse;
import dev.tarn.worker.protocol.Parameter;
import dev.tarn.worker.protocol.RowPlaces;
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
import org.apache.iceberg.expressions.Expression;

/** From the names in a query to the files that it reads. Reading a table through the catalog authorises the caller. */
final class QueryPlanner {
    private final SourceNames names;
    private final Warehouse warehouse;
    private final Access access;
    private final RowFilters rowFilters;

    QueryPlanner(Tables tables, Warehouse warehouse, Access access, RowFilters rowFilters) {
        this.names = new SourceNames(tables, warehouse);
        this.warehouse = warehouse;
        this.access = access;
        this.rowFilters = rowFilters;
    }

    /** The same planner on other tables. */
    QueryPlanner on(Tables tables) {
        return new QueryPlanner(tables, warehouse, access, rowFilters);
    }

    /**
     * @param changed the table whose rows the query is about to change
     * @param parser from a query to its syntax tree
     * @param scratch where rows go that the server knows; they must stay until the query has run
     */
    PlannedQuery plan(
            Caller caller,
            String sql,
            List<TableReference> references,
            Optional<ChangedTable> changed,
            List<Parameter> parameters,
            Defaults defaults,
            UnaryOperator<String> parser,
            ScratchTables scratch) {
        Map<TableRead, NamedSource> found = new LinkedHashMap<>();
        List<FileFilters.Read> reads = new ArrayList<>();
        List<TableRead> names = new ArrayList<>();
        // Its name is its own, whatever else reads it.
        changed.map(QueryPlanner::read)
                .ifPresent(read -> found.put(
                        read, new NamedSource.OfTable(read.name(), changed.get().table())));
        for (TableReference reference : references) {
            boolean changes = changed.filter(table -> table.isAt(reference)).isPresent();
            NamedSource source = changes
                    ? new NamedSource.OfTable(
                            changed.get().table().name(), changed.get().table())
                    : sameVersion(this.names.find(caller, sql, reference, defaults), reference, changed);
            TableRead name = new TableRead(source.name(), reference.version(), changes);
            // One version of a table for the whole query, whoever commits meanwhile.
            if (found.computeIfAbsent(name, same -> source) instanceof NamedSource.OfTable of) {
                reads.add(new FileFilters.Read(reference, of.table()));
            }
            names.add(name);
        }
        Map<TableRead, String> schemas = schemas(found.keySet());
        List<Replacement> replacements = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            replacements.addAll(replacements(sql, references.get(i), names.get(i), schemas));
        }
        String planned = Replacement.applied(sql, replacements);
        if (!replacements.isEmpty()) {
            // The gate has seen another text.
            SyntaxTree.tables(planned, parser.apply(planned));
        }
        FileFilters filters = new FileFilters(reads, parameters);
        List<TableSource> sources = new ArrayList<>();
        List<TablePlan> plans = new ArrayList<>();
        List<ChangedFiles> changedFiles = new ArrayList<>();
        found.forEach((read, source) -> {
            String schema = schemas.getOrDefault(read, read.name().namespaceText());
            switch (source) {
                case NamedSource.OfTable(TableName name, ReadableTable table) -> {
                    Optional<VisibleTable> part = table.rights().isFull()
                            ? Optional.empty()
                            : Optional.of(VisibleTable.of(table, rowFilters, parser));
                    Expression wanted = part.map(VisibleTable::wanted).orElseGet(() -> filters.of(table));
                    PlannedFiles files = PlannedFiles.of(table, wanted, warehouse, scratch);
                    Optional<RowPlaces> places =
                            changed.filter(same -> read.changes()).map(ChangedTable::places);
                    if (places.isPresent()) {
                        changedFiles.add(new ChangedFiles(sources.size(), wanted, files.tasks()));
                    }
                    sources.add(source(
                            name,
                            table,
                            schema,
                            files,
                            part.map(visible -> visibility(caller, table, visible)),
                            places));
                    plans.add(files.plan(table));
                }
                case NamedSource.OfRows rows -> sources.add(source(rows, schema, scratch));
            }
        });
        boolean lasting = found.values().stream().allMatch(NamedSource.OfTable.class::isInstance)
                && sources.stream().allMatch(source -> source.deletes().isEmpty());
        return new PlannedQuery(
                planned,
                sql,
                replacements,
                sources,
                plans,
                lasting,
                changedFiles.stream().findFirst());
    }

    private static TableRead read(ChangedTable changed) {
        return new TableRead(changed.table().name(), TableVersion.NEWEST, true);
    }

    /** A query that changes a table and reads it elsewhere reads the same version. */
    private static NamedSource sameVersion(
            NamedSource source, TableReference reference, Optional<ChangedTable> changed) {
        return changed.map(ChangedTable::table)
                .filter(table -> source instanceof NamedSource.OfTable
                        && table.name().equals(source.name())
                        && reference.version().equals(TableVersion.NEWEST))
                .<NamedSource>map(table -> new NamedSource.OfTable(table.name(), table))
                .orElse(source);
    }

    private static TableSource source(NamedSource.OfRows source, String schema, ScratchTables scratch) {
        SourceFile file = scratch.write(
                source.schema(),
                "rows in " + source.name().text(),
                source.rows().read());
        return new TableSource(
                source.name().catalog(),
                schema,
                source.name().table(),
                SourceColumns.of(source.schema()),
                file.rows() == 0 ? List.of() : List.of(file),
                true,
                Optional.empty());
    }

    /** A version of a table; {@code changes} where its rows are about to change. */
    private record TableRead(TableName name, TableVersion version, boolean changes) {}

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
                // The engine has a schema of its own of that name.
                String own = InformationSchema.has(name) ? ".." + InformationSchema.NAME : name.namespaceText();
                schemas.put(reads.get(i), i == 0 ? own : own + ".." + i);
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

    private Visibility visibility(Caller caller, ReadableTable table, VisibleTable visible) {
        Resource read = Resource.table(table.name().text());
        return visible.visibility(caller.name(), access.rights(caller, read).roleNames());
    }

    private static TableSource source(
            TableName name,
            ReadableTable table,
            String schema,
            PlannedFiles files,
            Optional<Visibility> visible,
            Optional<RowPlaces> places) {
        return new TableSource(
                name.catalog(),
                schema,
                name.table(),
                SourceColumns.of(table),
                files.files(),
                SourceColumns.evolved(table),
                visible,
                files.deletes(),
                places);
    }
}
