package dev.tarn.engine;

import dev.tarn.access.TableRights;
import dev.tarn.catalog.ReadableTable;
import dev.tarn.engine.RowCondition.Column;
import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import dev.tarn.worker.protocol.Visibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.NestedField;

/** A table that a caller may read a part of. A grant whose words do not fit the table any more gives nothing, and hides nothing less. */
final class VisibleTable {
    private final ReadableTable table;
    private final List<List<String>> columns = new ArrayList<>();
    private final List<Optional<RowFilter>> filters = new ArrayList<>();

    private VisibleTable(ReadableTable table) {
        this.table = table;
    }

    /**
     * The part that the caller may read.
     *
     * @param parser from a query to its syntax tree
     * @throws TarnException {@code FORBIDDEN} when no column of it is left, and when a filter does not fit
     */
    static VisibleTable of(ReadableTable table, RowFilters known, UnaryOperator<String> parser) {
        VisibleTable visible = new VisibleTable(table);
        for (TableRights.Part part : table.rights().parts()) {
            visible.columns.add(table.schema().columns().stream()
                    .map(NestedField::name)
                    .filter(part::has)
                    .toList());
            visible.filters.add(part.rows().map(text -> visible.filter(text, known, parser)));
        }
        if (visible.columns.stream().allMatch(List::isEmpty)) {
            throw new TarnException(
                    ErrorCode.FORBIDDEN,
                    "None of the columns of %s that were granted to you is there any more; ask its owner"
                            .formatted(table.name().text()));
        }
        return visible;
    }

    private RowFilter filter(String text, RowFilters known, UnaryOperator<String> parser) {
        RowFilter filter;
        try {
            filter = known.of(text, parser);
        } catch (TarnException e) {
            throw e.code().status() == ErrorCode.INVALID_REQUEST.status() ? unfit(e) : e;
        }
        if (!filter.unknown(column(table)).isEmpty() || RowFilter.isTaken(column(table))) {
            throw unfit(null);
        }
        return filter;
    }

    /** Names nothing of the filter, which may tell of columns that are hidden. */
    private TarnException unfit(@org.jspecify.annotations.Nullable TarnException cause) {
        String message =
                "A row filter of %s does not fit its columns any more, so none of its rows can be shown; whoever granted it can replace it"
                        .formatted(table.name().text());
        return cause == null
                ? new TarnException(ErrorCode.FORBIDDEN, message)
                : new TarnException(ErrorCode.FORBIDDEN, message, cause);
    }

    static Predicate<String> column(ReadableTable table) {
        return name -> table.schema().columns().stream()
                .anyMatch(column -> column.name().equalsIgnoreCase(name));
    }

    Visibility visibility(String user, List<String> roles) {
        List<Visibility.Part> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(new Visibility.Part(
                    columns.get(i), filters.get(i).map(RowFilter::text).orElse(null)));
        }
        return new Visibility(parts, user, roles);
    }

    /**
     * What a row must be to be seen. The statement's own conditions are left out: they are about cells as they are shown, and
     * which files they skip would tell of those that are hidden.
     */
    Expression wanted(Instant now) {
        Expression wanted = Expressions.alwaysFalse();
        for (Optional<RowFilter> filter : filters) {
            wanted =
                    Expressions.or(wanted, filter.map(rows -> wanted(rows, now)).orElse(Expressions.alwaysTrue()));
        }
        return wanted;
    }

    private Expression wanted(RowFilter filter, Instant now) {
        return filter(table, filter, now).expression();
    }

    /** What a row filter says, as far as Iceberg has conditions for it. */
    static ColumnFilter.Filter filter(ReadableTable table, RowFilter filter, Instant now) {
        ConstantFolding constants = new ConstantFolding(List.of(), now, column(table));
        ConditionReader reader = new ConditionReader(path -> place(table, path), constants);
        return FileFilters.filter(
                List.of(reader.condition(filter.expression())),
                column -> table.schema().columns().get(column.place()));
    }

    private static Optional<Column> place(ReadableTable table, List<String> path) {
        List<Integer> found = IntStream.range(0, table.schema().columns().size())
                .filter(i -> path.size() == 1
                        && table.schema().columns().get(i).name().equalsIgnoreCase(path.getFirst()))
                .boxed()
                .toList();
        return found.size() == 1 ? Optional.of(new Column(table, found.getFirst())) : Optional.empty();
    }
}
