package dev.tarn.engine;

import dev.tarn.access.Access;
import dev.tarn.access.Caller;
import dev.tarn.access.Resource;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.ReadableView;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.Tables;
import dev.tarn.catalog.TypeNames;
import dev.tarn.catalog.Views;
import dev.tarn.engine.QuerySources.TableRead;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.storage.Warehouse;
import dev.tarn.worker.protocol.Parameter;
import dev.tarn.worker.protocol.RowPlaces;
import dev.tarn.worker.protocol.SourceColumn;
import dev.tarn.worker.protocol.SourceFile;
import dev.tarn.worker.protocol.TableSource;
import dev.tarn.worker.protocol.Visibility;
import java.time.Clock;
import java.time.Instant;
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
import org.apache.iceberg.types.Types.NestedField;

/** From the names in a query to the files that it reads. Reading a table through the catalog authorises the caller. */
final class QueryPlanner {
    private final SourceNames names;
    private final Warehouse warehouse;
    private final Access access;
    private final RowFilters rowFilters;
    private final CheckedQueries queries;
    private final FilePlans filePlans;
    private final Clock clock;

    QueryPlanner(Tables tables, Views views, Warehouse warehouse, Access access, RowFilters rowFilters, Clock clock) {
        this(tables, views, warehouse, access, rowFilters, new CheckedQueries(), new FilePlans(), clock);
    }

    private QueryPlanner(
            Tables tables,
            Views views,
            Warehouse warehouse,
            Access access,
            RowFilters rowFilters,
            CheckedQueries queries,
            FilePlans filePlans,
            Clock clock) {
        this.names = new SourceNames(tables, views, warehouse);
        this.warehouse = warehouse;
        this.access = access;
        this.rowFilters = rowFilters;
        this.queries = queries;
        this.filePlans = filePlans;
        this.clock = clock;
    }

    /** The same planner on other tables and views. */
    QueryPlanner on(Tables tables, Views views) {
        return new QueryPlanner(tables, views, warehouse, access, rowFilters, queries, filePlans, clock);
    }

    /**
     * The tables that a query names, with their versions.
     *
     * @param parser from a query to its syntax tree
     */
    List<TableReference> references(Statement.Query query, UnaryOperator<String> parser) {
        return VersionClauses.assigned(query.sql(), query.versions(), queries.tables(query.sql(), parser));
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
        QuerySources sources = new QuerySources(names, caller, changed, query -> references(query, parser));
        QuerySources.Text text = sources.of(sql, references, defaults);
        Map<TableRead, String> schemas = schemas(sources.found().keySet());
        List<Replacement> replacements = replacements(text, schemas, false);
        String planned = replaced(text, replacements, parser);
        Instant now = clock.instant();
        FileFilters filters = FileFilters.of(sources, text, parameters, now);
        List<TableSource> tables = new ArrayList<>();
        List<PlannedTable> plans = new ArrayList<>();
        List<ChangedFiles> changedFiles = new ArrayList<>();
        sources.found().forEach((read, source) -> {
            String schema = schemas.getOrDefault(read, read.name().namespaceText());
            switch (source) {
                case NamedSource.OfTable(TableName name, ReadableTable table) -> {
                    Optional<VisibleTable> part = table.rights().isFull()
                            ? Optional.empty()
                            : Optional.of(VisibleTable.of(table, rowFilters, parser));
                    ColumnFilter.Filter filter = part.map(
                                    visible -> new ColumnFilter.Filter(visible.wanted(now), false))
                            .orElseGet(() -> filters.of(read));
                    Expression wanted = filter.expression();
                    Optional<ChangedTable> target = changed.filter(same -> read.changes());
                    boolean gone = filter.exact()
                            && target.filter(ChangedTable::deletes).isPresent();
                    PlannedFiles files = gone
                            ? PlannedFiles.left(table, wanted, warehouse, filePlans, scratch)
                            : PlannedFiles.of(table, wanted, warehouse, filePlans, scratch);
                    Optional<RowPlaces> places = target.map(ChangedTable::places);
                    if (places.isPresent()) {
                        changedFiles.add(new ChangedFiles(tables.size(), wanted, files.tasks(), files.whole(), gone));
                    }
                    tables.add(source(
                            name,
                            table,
                            schema,
                            files,
                            part.map(visible -> visibility(caller, table, visible)),
                            places));
                    plans.add(new PlannedTable(table, wanted, files));
                }
                case NamedSource.OfRows rows -> tables.add(source(rows, schema, scratch));
                case NamedSource.OfView(TableName _, ReadableView view) -> {
                    QuerySources.Text query = sources.text(view);
                    String own = replaced(query, replacements(query, schemas, true), parser);
                    tables.add(source(view, schema, own));
                }
            }
        });
        boolean lasting = sources.found().values().stream().noneMatch(NamedSource.OfRows.class::isInstance)
                && tables.stream().allMatch(table -> table.deletes().isEmpty());
        return new PlannedQuery(
                planned,
                sql,
                replacements,
                tables,
                plans,
                lasting,
                sources.depth(),
                changedFiles.stream().findFirst());
    }

    private String replaced(QuerySources.Text text, List<Replacement> replacements, UnaryOperator<String> parser) {
        String planned = Replacement.applied(text.sql(), replacements);
        if (!replacements.isEmpty()) {
            // The gate has seen another text.
            queries.tables(planned, parser);
        }
        return planned;
    }

    private static TableSource source(ReadableView view, String schema, String sql) {
        List<SourceColumn> columns = new ArrayList<>();
        for (int i = 0; i < view.schema().columns().size(); i++) {
            NestedField column = view.schema().columns().get(i);
            columns.add(new SourceColumn(
                    column.fieldId(),
                    column.name(),
                    TypeNames.duckdb(column.type()),
                    i < view.sources().size() ? List.of(view.sources().get(i)) : List.of(),
                    List.of()));
        }
        return TableSource.view(view.name().catalog(), schema, view.name().table(), columns, sql);
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

    /** @param all also of the names that the engine would read as they are; what is default where a view was made is not so here */
    private static List<Replacement> replacements(QuerySources.Text text, Map<TableRead, String> schemas, boolean all) {
        List<Replacement> replacements = new ArrayList<>();
        for (int i = 0; i < text.references().size(); i++) {
            TableReference reference = text.references().get(i);
            TableRead read = text.reads().get(i);
            TableName name = read.name();
            String schema = schemas.getOrDefault(read, name.namespaceText());
            if (all || name.namespace().size() > 1 || !schema.equals(name.namespaceText())) {
                if (reference.offset() < 0) {
                    throw new TarnException(
                            ErrorCode.STATEMENT_NOT_ALLOWED,
                            "The table %s cannot be read in this form of query; put (select * from ...) in its place"
                                    .formatted(name.text()));
                }
                replacements.add(Replacement.of(text.sql(), reference, name.catalog(), schema, name.table()));
            }
            reference
                    .clause()
                    .map(clause -> Replacement.blank(text.sql(), clause))
                    .ifPresent(replacements::add);
        }
        return replacements;
    }

    private Visibility visibility(Caller caller, ReadableTable table, VisibleTable visible) {
        Resource read = Resource.table(table.name().text());
        return visible.visibility(caller.name(), access.rights(caller, read).roleNames());
    }

    static TableSource source(
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
                Optional.empty(),
                places);
    }
}
