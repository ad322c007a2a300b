package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.catalog.ReadableView;
import dev.tarn.engine.ColumnFilter.Filter;
import dev.tarn.engine.FromNode.Facts;
import dev.tarn.engine.QueryShape.Member;
import dev.tarn.engine.QueryShape.OfQuery;
import dev.tarn.engine.QueryShape.OfTable;
import dev.tarn.engine.QueryShape.Output;
import dev.tarn.engine.QueryShapes.Named;
import dev.tarn.engine.QuerySources.TableRead;
import dev.tarn.engine.RowCondition.Column;
import dev.tarn.worker.protocol.Parameter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which rows of its tables a query wants, and so which files may hold one. Conditions are followed from where they stand down to the
 * tables: through joins, columns that are equal, subqueries, common table expressions and views. What is not certain is not said: a
 * condition that is passed over costs a file that is read for nothing, one that is wrong costs rows.
 *
 * <p>Every place at which a table stands adds the rows that are wanted there. When some place was not come by, all rows are wanted.
 */
final class FileFilters {
    /** Common table expressions in common table expressions multiply. */
    private static final int MOST_VISITS = 2_000;

    /** Longer conditions are passed over. */
    private static final int MOST_PARTS = 500;

    private final QuerySources sources;
    private final ConstantFolding constants;
    private final Set<String> hidden = new HashSet<>();
    private final Map<TableRead, List<Filter>> wanted = new HashMap<>();
    private final IdentityHashMap<QuerySources.Text, QueryShape> texts = new IdentityHashMap<>();
    private final List<QueryShape> common = new ArrayList<>();
    private final Set<QueryShape> pushed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<JsonNode> unseen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int visits;
    private boolean complete;

    private FileFilters(QuerySources sources, List<Parameter> parameters, Instant now) {
        this.sources = sources;
        this.constants = new ConstantFolding(parameters, now, hidden::contains);
        for (NamedSource source : sources.found().values()) {
            Schema schema = switch (source) {
                case NamedSource.OfTable of -> of.table().schema();
                case NamedSource.OfRows of -> of.schema();
                case NamedSource.OfView of -> of.view().schema();
            };
            schema.columns().forEach(column -> hidden.add(QueryShapes.folded(column.name())));
        }
    }

    /**
     * Follows the conditions of a query.
     *
     * @param text the query; what it reads, through views too, has been found
     * @param now the statement runs soon after
     */
    static FileFilters of(QuerySources sources, QuerySources.Text text, List<Parameter> parameters, Instant now) {
        FileFilters filters = new FileFilters(sources, parameters, now);
        filters.complete = filters.follow(text);
        return filters;
    }

    /** What a row of the table must be to be wanted somewhere in the query. */
    Filter of(TableRead read) {
        List<Filter> places = wanted.getOrDefault(read, List.of());
        return complete && !places.isEmpty()
                ? places.stream().distinct().reduce(ColumnFilter::or).orElseThrow()
                : Filter.UNKNOWN;
    }

    private boolean follow(QuerySources.Text text) {
        if (text.references().isEmpty()) {
            return false;
        }
        push(shape(text), List.of());
        // One that nobody names is not run, and one that was missed has to be.
        for (int i = 0; i < common.size(); i++) {
            if (!pushed.contains(common.get(i))) {
                push(common.get(i), List.of());
            }
        }
        return unseen.isEmpty() && visits <= MOST_VISITS;
    }

    private QueryShape shape(QuerySources.Text text) {
        QueryShape known = texts.get(text);
        if (known != null) {
            return known;
        }
        IdentityHashMap<JsonNode, TableRead> reads = new IdentityHashMap<>();
        for (int i = 0; i < text.references().size(); i++) {
            reads.put(text.references().get(i).place().node(), text.reads().get(i));
        }
        QueryShapes shapes =
                new QueryShapes(node -> Optional.ofNullable(reads.get(node)).map(this::named), constants);
        if (text.references().isEmpty()) {
            return new QueryShape.Other(List.of(), List.of());
        }
        JsonNode tree = text.references().getFirst().place().tree();
        collect(tree);
        QueryShape shape = shapes.of(tree);
        common.addAll(shapes.common());
        texts.put(text, shape);
        return shape;
    }

    private void collect(JsonNode node) {
        if (node.path("type").asString("").equals("BASE_TABLE")) {
            unseen.add(node);
        }
        // A name that the query gives may be one that otherwise means the moment.
        for (String given : List.of("alias", "aliases", "column_name_alias", "value")) {
            JsonNode name = node.path(given);
            hidden.add(QueryShapes.folded(name.asString("")));
            if (name.isArray()) {
                name.forEach(one -> hidden.add(QueryShapes.folded(one.asString(""))));
            }
        }
        node.forEach(this::collect);
    }

    private Named named(TableRead read) {
        return switch (Objects.requireNonNull(sources.found().get(read))) {
            case NamedSource.OfTable(var _, ReadableTable table) ->
                new Named(columns(table.schema()), new OfTable(read));
            case NamedSource.OfRows rows -> new Named(columns(rows.schema()), new OfTable(read));
            case NamedSource.OfView(var _, ReadableView view) -> view(view);
        };
    }

    private static List<Output> columns(Schema schema) {
        return schema.columns().stream()
                .map(column -> new Output(QueryShapes.folded(column.name()), column.type(), Optional.empty()))
                .toList();
    }

    private Named view(ReadableView view) {
        QueryShape shape = shape(sources.text(view));
        List<Output> outputs = shape.outputs();
        List<Output> columns = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < view.schema().columns().size(); i++) {
            String name = QueryShapes.folded(view.schema().columns().get(i).name());
            int place = outputs == null
                    ? -1
                    : i < view.sources().size()
                            ? place(outputs, view.sources().get(i).toLowerCase(Locale.ROOT))
                            : i < outputs.size() ? i : -1;
            places.add(place);
            columns.add(
                    outputs == null || place < 0
                            ? Output.NONE.named(name)
                            : outputs.get(place).named(name));
        }
        return new Named(columns, new OfQuery(shape, places));
    }

    private static int place(List<Output> outputs, String name) {
        for (int i = 0; i < outputs.size(); i++) {
            if (name.equals(outputs.get(i).name())) {
                return i;
            }
        }
        return -1;
    }

    /** @param answer what is true of the wanted rows of the query's answer */
    private void push(QueryShape shape, List<RowCondition> answer) {
        pushed.add(shape);
        if (++visits > MOST_VISITS) {
            return;
        }
        switch (shape) {
            case QueryShape.Select select -> push(select, answer);
            case QueryShape.Combined combined -> {
                List<RowCondition> passed = combined.passes() ? typed(answer, combined.outputs()) : List.of();
                combined.parts().forEach(part -> push(part, passed));
            }
            case QueryShape.Other other ->
                other.leaves().forEach(leaf -> wanted(leaf.member(), List.of(RowCondition.Whole.UNKNOWN)));
        }
        shape.inside().forEach(inside -> push(inside, List.of()));
    }

    /** Of the columns alone that are the same in all parts. */
    private static List<RowCondition> typed(List<RowCondition> answer, @Nullable List<Output> outputs) {
        return answer.stream()
                .map(condition -> condition.of(column -> Optional.of(column)
                        .filter(known ->
                                outputs != null && outputs.get(known.place()).type() != null)))
                .toList();
    }

    private void push(QueryShape.Select select, List<RowCondition> answer) {
        if (select.from() == null) {
            return;
        }
        Facts facts = Facts.ALL;
        if (!select.samples()) {
            List<Output> outputs = select.outputs();
            if (select.passes() && outputs != null) {
                for (RowCondition condition : answer) {
                    facts = facts.and(
                            condition.of(column -> outputs.get(column.place()).column()), List.of());
                }
            }
            facts = facts.and(select.where(), select.equalities());
        } else {
            facts = Facts.NONE;
        }
        select.from().push(facts, this::wanted);
    }

    private void wanted(Member member, List<RowCondition> conditions) {
        unseen.remove(member.node());
        switch (member.target()) {
            case OfTable(TableRead read) -> {
                if (Objects.requireNonNull(sources.found().get(read))
                        instanceof NamedSource.OfTable(var _, ReadableTable table)) {
                    wanted.computeIfAbsent(read, same -> new ArrayList<>())
                            .add(filter(
                                    conditions,
                                    column -> table.schema().columns().get(column.place())));
                }
            }
            case OfQuery(QueryShape query, List<Integer> places) ->
                push(
                        query,
                        conditions.stream()
                                .map(condition -> condition.of(column -> Optional.of(column.place())
                                        .filter(place -> place < places.size() && places.get(place) >= 0)
                                        .map(place -> new Column(QueryShape.ANSWER, places.get(place)))))
                                .toList());
            case QueryShape.OfNothing() -> {}
        }
    }

    interface Columns {
        NestedField of(Column column);
    }

    /** All of the conditions together. */
    static Filter filter(List<RowCondition> conditions, Columns columns) {
        Filter all = new Filter(Expressions.alwaysTrue(), true);
        for (RowCondition condition :
                conditions.stream().distinct().limit(MOST_PARTS).toList()) {
            all = ColumnFilter.and(all, filter(condition, columns));
        }
        return conditions.size() > MOST_PARTS ? all.inexact() : all;
    }

    private static Filter filter(RowCondition condition, Columns columns) {
        return switch (condition) {
            case RowCondition.Whole whole ->
                switch (whole) {
                    case ALWAYS -> new Filter(Expressions.alwaysTrue(), true);
                    case NEVER -> new Filter(Expressions.alwaysFalse(), true);
                    case UNKNOWN -> Filter.UNKNOWN;
                };
            case RowCondition.AllOf(List<RowCondition> parts) -> filter(parts, columns);
            case RowCondition.AnyOf(List<RowCondition> parts) ->
                parts.size() > MOST_PARTS
                        ? Filter.UNKNOWN
                        : parts.stream()
                                .map(part -> filter(part, columns))
                                .reduce(ColumnFilter::or)
                                .orElse(new Filter(Expressions.alwaysFalse(), true));
            case RowCondition.Test test -> ColumnFilter.of(columns.of(test.column()), test);
        };
    }
}
