package dev.tarn.engine;

import dev.tarn.catalog.ReadableTable;
import dev.tarn.worker.protocol.Parameter;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Which files of a table may hold rows that a query wants. What is not certain is not said: a condition that is passed over
 * costs a file that is read for nothing, one that is wrong costs rows.
 */
final class FileFilters {
    private final List<Read> reads;
    private final List<Parameter> parameters;

    /** @param reads all tables of the query, each as often as it stands there */
    FileFilters(List<Read> reads, List<Parameter> parameters) {
        this.reads = reads;
        this.parameters = parameters;
    }

    /** A table where it stands in a query. */
    record Read(TableReference reference, ReadableTable table) {}

    /** What a row of the table must be to be wanted somewhere in the query. */
    Expression of(ReadableTable table) {
        Expression wanted = Expressions.alwaysFalse();
        for (Read read : reads) {
            if (read.table().equals(table)) {
                wanted = Expressions.or(wanted, conditions(read));
            }
        }
        return wanted;
    }

    private Expression conditions(Read read) {
        Expression all = Expressions.alwaysTrue();
        if (read.reference().member().isEmpty()) {
            return all;
        }
        QueryBlock.Member member = read.reference().member().get();
        for (ColumnCondition condition : member.block().conditions()) {
            if (isAbout(condition.column(), member)) {
                Optional<Expression> known = column(
                                read.table(), condition.column().getLast())
                        .flatMap(column -> ColumnFilter.of(column, condition, parameters));
                all = known.isPresent() ? Expressions.and(all, known.get()) : all;
            }
        }
        return all;
    }

    private boolean isAbout(List<String> path, QueryBlock.Member member) {
        QueryBlock block = member.block();
        return switch (path.size()) {
            // A column that another table of the same FROM has too is ambiguous, and the engine says so.
            case 1 -> block.isPlain(path.getFirst()) && owners(path.getFirst(), block) == 1;
            case 2 -> QueryBlock.folded(path.getFirst()).equals(member.name()) && block.isUnique(member.name());
            default -> false;
        };
    }

    private long owners(String column, QueryBlock block) {
        return reads.stream()
                .filter(read -> read.reference()
                        .member()
                        .filter(member -> member.block() == block)
                        .isPresent())
                .filter(read -> column(read.table(), column).isPresent())
                .count();
    }

    /** The only column of that name in any case, when there is one. */
    static Optional<NestedField> column(ReadableTable table, String name) {
        List<NestedField> found = table.schema().columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
