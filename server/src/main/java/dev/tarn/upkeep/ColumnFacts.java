package dev.tarn.upkeep;

import dev.tarn.upkeep.TableHealth.ColumnStatistics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** What the files of a version tell of their columns. */
final class ColumnFacts {
    /** A table of more is hardly looked at column by column, and its files tell of the first hundred by default. */
    private static final int MOST_COLUMNS = 200;

    /** Ranges that are kept to see how files overlap: of more files, the first ones stand for all. */
    private static final int MOST_RANGES = 200_000;

    private final List<OneColumn> columns = new ArrayList<>();
    private final Map<Object, List<Range>> ranges = new HashMap<>();
    private final @Nullable OneColumn ordered;
    private int kept;

    private record Range(Object lower, Object upper) {}

    private static final class OneColumn {
        private final int id;
        private final String name;
        private final Type.PrimitiveType type;
        private final Comparator<Object> comparator;
        private long bytes;
        private long values;
        private long nulls;
        private @Nullable Object lower;
        private @Nullable Object upper;

        OneColumn(NestedField field) {
            this.id = field.fieldId();
            this.name = field.name();
            this.type = field.type().asPrimitiveType();
            this.comparator = Comparators.forType(type);
        }

        void add(DataFile file) {
            bytes += of(file.columnSizes());
            values += of(file.valueCounts());
            nulls += of(file.nullValueCounts());
            Object low = bound(file.lowerBounds());
            Object high = bound(file.upperBounds());
            if (low != null && (lower == null || comparator.compare(low, lower) < 0)) {
                lower = low;
            }
            if (high != null && (upper == null || comparator.compare(high, upper) > 0)) {
                upper = high;
            }
        }

        private long of(@Nullable Map<Integer, Long> counts) {
            return counts == null ? 0 : counts.getOrDefault(id, 0L);
        }

        @Nullable
        Object bound(@Nullable Map<Integer, ByteBuffer> bounds) {
            ByteBuffer bytes = bounds == null ? null : bounds.get(id);
            return bytes == null ? null : Conversions.fromByteBuffer(type, bytes);
        }

        ColumnStatistics statistics() {
            return new ColumnStatistics(name, bytes, values, nulls, text(lower), text(upper));
        }

        private Optional<String> text(@Nullable Object value) {
            return value == null
                    ? Optional.empty()
                    : Optional.of(Transforms.identity().toHumanString(type, value));
        }
    }

    /** @param order of which the first column is looked at */
    ColumnFacts(Schema schema, SortOrder order) {
        for (NestedField field : schema.columns()) {
            if (field.type().isPrimitiveType()
                    && field.type().typeId() != Type.TypeID.UNKNOWN
                    && columns.size() < MOST_COLUMNS) {
                columns.add(new OneColumn(field));
            }
        }
        this.ordered = order.fields().stream()
                .findFirst()
                .map(SortField::sourceId)
                .flatMap(
                        id -> columns.stream().filter(column -> column.id == id).findFirst())
                .orElse(null);
    }

    void add(DataFile file) {
        columns.forEach(column -> column.add(file));
        if (ordered != null && kept < MOST_RANGES) {
            Object lower = ordered.bound(file.lowerBounds());
            Object upper = ordered.bound(file.upperBounds());
            if (lower != null && upper != null) {
                kept++;
                ranges.computeIfAbsent(file.specId() + " " + file.partition(), any -> new ArrayList<>())
                        .add(new Range(lower, upper));
            }
        }
    }

    /** How many ranges the lower end of one is in, itself too, on average. */
    OptionalDouble depth() {
        if (ordered == null || kept == 0) {
            return OptionalDouble.empty();
        }
        long met = 0;
        for (List<Range> ofPartition : ranges.values()) {
            ofPartition.sort((left, right) -> ordered.comparator.compare(left.lower(), right.lower()));
            PriorityQueue<Object> open = new PriorityQueue<>(ordered.comparator);
            for (Range range : ofPartition) {
                while (!open.isEmpty() && ordered.comparator.compare(open.peek(), range.lower()) < 0) {
                    open.remove();
                }
                open.add(range.upper());
                met += open.size();
            }
        }
        return OptionalDouble.of((double) met / kept);
    }

    List<ColumnStatistics> statistics() {
        return columns.stream().map(OneColumn::statistics).toList();
    }
}
