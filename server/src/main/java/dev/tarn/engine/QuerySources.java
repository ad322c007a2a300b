package dev.tarn.engine;

import dev.tarn.access.Caller;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.ReadableView;
import dev.tarn.catalog.TableName;
import dev.tarn.catalog.TableVersion;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.platform.TextPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a query reads, through views too. A view passes the gate that its reader's own text passes, and what it reads is looked
 * up for the reader: a view gives nobody more than its tables do.
 */
final class QuerySources {
    /** Views in views, at most. */
    static final int DEEPEST = 16;

    private final SourceNames names;
    private final Caller caller;
    private final Function<Statement.Query, List<TableReference>> references;
    private final Optional<ChangedTable> changed;
    private final Map<TableRead, NamedSource> found = new LinkedHashMap<>();
    private final Map<TableName, Text> texts = new HashMap<>();
    private final Deque<TableName> within = new ArrayDeque<>();
    private int depth;

    /**
     * @param changed the table whose rows the query is about to change
     * @param references the tables that a query names
     */
    QuerySources(
            SourceNames names,
            Caller caller,
            Optional<ChangedTable> changed,
            Function<Statement.Query, List<TableReference>> references) {
        this.names = names;
        this.caller = caller;
        this.references = references;
        this.changed = changed;
        // First, so that its name is its own, whatever else reads it.
        changed.map(ChangedTable::table)
                .ifPresent(table -> found.put(
                        new TableRead(table.name(), TableVersion.NEWEST, true),
                        new NamedSource.OfTable(table.name(), table)));
    }

    /** A version of a table; {@code changes} where its rows are about to change. */
    record TableRead(TableName name, TableVersion version, boolean changes) {}

    /**
     * A query's text.
     *
     * @param reads what each of the references means
     */
    record Text(String sql, List<TableReference> references, List<TableRead> reads) {}

    /** Each once, a view after all that it reads; one version of a table for the whole query, whoever commits meanwhile. */
    Map<TableRead, NamedSource> found() {
        return Collections.unmodifiableMap(found);
    }

    /** How deep views stand in views. */
    int depth() {
        return depth;
    }

    /** The query of a view that was found. */
    Text text(ReadableView view) {
        return Objects.requireNonNull(texts.get(view.name()));
    }

    /** Finds what a query reads. */
    Text of(String sql, List<TableReference> references, Defaults defaults) {
        List<TableRead> meant = new ArrayList<>();
        for (TableReference reference : references) {
            Optional<ReadableTable> target = changed.filter(table -> within.isEmpty() && table.isAt(reference))
                    .map(ChangedTable::table);
            NamedSource source = target.isPresent()
                    ? new NamedSource.OfTable(target.get().name(), target.get())
                    : sameVersion(names.find(caller, sql, reference, defaults), reference);
            TableRead read = new TableRead(source.name(), reference.version(), target.isPresent());
            if (source instanceof NamedSource.OfView(TableName _, ReadableView view) && !found.containsKey(read)) {
                texts.put(view.name(), inside(view, sql, reference));
            }
            found.putIfAbsent(read, source);
            meant.add(read);
        }
        return new Text(sql, references, meant);
    }

    /** A query that changes a table and reads it elsewhere reads the same version. */
    private NamedSource sameVersion(NamedSource source, TableReference reference) {
        return changed.map(ChangedTable::table)
                .filter(table -> source instanceof NamedSource.OfTable
                        && table.name().equals(source.name())
                        && reference.version().equals(TableVersion.NEWEST))
                .<NamedSource>map(table -> new NamedSource.OfTable(table.name(), table))
                .orElse(source);
    }

    /** What is wrong in a view is told at its name: its reader has not written the rest. */
    private Text inside(ReadableView view, String sql, TableReference reference) {
        try {
            if (within.contains(view.name()) || within.size() >= DEEPEST) {
                throw new TarnException(
                        ErrorCode.BINDING_ERROR,
                        within.contains(view.name())
                                ? "The view %s reads itself"
                                        .formatted(view.name().text())
                                : tooDeep());
            }
            within.push(view.name());
            depth = Math.max(depth, within.size());
            Statement.Query query = query(view);
            Text text =
                    of(query.sql(), references.apply(query), new Defaults(TableName.DEFAULT_CATALOG, view.namespace()));
            within.pop();
            return text;
        } catch (TarnException e) {
            TarnException told = new TarnException(e.code(), e.message(), e)
                    .with("view", view.name().text());
            throw reference.offset() < 0 ? told : told.at(TextPosition.of(sql, reference.offset(), reference.length()));
        }
    }

    static String tooDeep() {
        return "Views can read views %d deep and no deeper".formatted(DEEPEST);
    }

    private static Statement.Query query(ReadableView view) {
        String text = view.sql()
                .orElseThrow(() -> new TarnException(
                        ErrorCode.STATEMENT_NOT_ALLOWED,
                        "The view %s was made by another engine, in a dialect that is not read here"
                                .formatted(view.name().text())));
        Statement statement =
                StatementParser.parse(NamedParameters.of(text, Map.of()).sql(), Defaults.of(null, null));
        if (statement instanceof Statement.Query query) {
            return query;
        }
        throw new TarnException(
                ErrorCode.STATEMENT_NOT_ALLOWED,
                "The view %s is no query".formatted(view.name().text()));
    }
}
