package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortField;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.types.Types.NestedField;

/**
 * How a table's rows are put into files: rows of one file are alike in what {@code partitioning} says, and stand in {@code order}.
 * Columns are known by their names.
 */
public record TableShape(List<Partition> partitioning, List<Sort> order) {
    public static final TableShape PLAIN = new TableShape(List.of(), List.of());

    public TableShape {
        partitioning = List.copyOf(partitioning);
        order = List.copyOf(order);
    }

    /**
     * A transform of a column.
     *
     * @param column its name, and below it those of parts of structs; empty for one that is gone
     * @param transform {@code identity}, {@code year}, {@code month}, {@code day}, {@code hour}, {@code bucket}, {@code truncate} or
     *     {@code void}
     * @param argument the number of buckets, or the width; 0 for the others
     */
    public record Transform(List<String> column, String transform, int argument) {
        private static final Pattern FORM = Pattern.compile("(\\w+)(?:[\\[(](\\d{1,9})[\\])])?");
        private static final Set<String> KNOWN =
                Set.of("identity", "year", "month", "day", "hour", "bucket", "truncate");

        public Transform {
            column = List.copyOf(column);
        }

        /** In Iceberg's words: {@code bucket[4]}. */
        public String text() {
            return argument == 0 ? transform : transform + "[" + argument + "]";
        }

        /**
         * The transform that a text means, in Iceberg's words or Spark's: {@code day}, {@code days}, {@code bucket[16]} or {@code
         * bucket(16)}.
         *
         * @throws TarnException {@code INVALID_REQUEST} for another text
         */
        public static Transform parse(List<String> column, String text) {
            Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
            String name = form.matches() ? form.group(1) : "";
            String plain = switch (name) {
                case "years", "months", "days", "hours" -> name.substring(0, name.length() - 1);
                default -> name;
            };
            int argument = form.matches() && form.group(2) != null ? Integer.parseInt(form.group(2)) : 0;
            boolean counted = plain.equals("bucket") || plain.equals("truncate");
            if (!KNOWN.contains(plain) || counted != argument > 0) {
                throw refused(
                        "%s is no transform; there are identity, year, month, day, hour, bucket[n] and truncate[n]"
                                .formatted(text.length() > 40 ? text.substring(0, 40) + "..." : text));
            }
            return new Transform(column, plain, argument);
        }

        static Transform of(Schema schema, int sourceId, String text) {
            int bracket = text.indexOf('[');
            return new Transform(
                    path(schema, sourceId),
                    bracket < 0 ? text : text.substring(0, bracket),
                    bracket < 0 ? 0 : Integer.parseInt(text.substring(bracket + 1, text.length() - 1)));
        }

        private static List<String> path(Schema schema, int id) {
            String whole = schema.findColumnName(id);
            if (whole == null) {
                return List.of();
            }
            List<String> path = new ArrayList<>();
            String rest = whole;
            List<NestedField> fields = schema.columns();
            while (true) {
                String left = rest;
                NestedField next = fields.stream()
                        .filter(field -> left.equals(field.name()) || left.startsWith(field.name() + "."))
                        .filter(field -> field.fieldId() == id || field.type().isStructType())
                        .findFirst()
                        .orElseThrow();
                path.add(next.name());
                if (next.fieldId() == id) {
                    return path;
                }
                rest = left.substring(next.name().length() + 1);
                fields = next.type().asStructType().fields();
            }
        }

        String column(Schema schema) {
            String name = String.join(".", column);
            if (schema.findField(name) != null) {
                return name;
            }
            NestedField field = schema.caseInsensitiveFindField(name);
            if (field == null) {
                throw refused("The table has no column %s".formatted(TableName.quotedWhereNeeded(name)));
            }
            return schema.findColumnName(field.fieldId());
        }

        /** What Iceberg calls a partition field that nobody has named. */
        String usualName(String column) {
            return switch (transform) {
                case "identity" -> column;
                case "truncate" -> column + "_trunc";
                default -> column + "_" + transform;
            };
        }

        Term term(Schema schema) {
            String name = column(schema);
            return switch (transform) {
                case "identity" -> Expressions.ref(name);
                case "bucket" -> Expressions.bucket(name, argument);
                case "truncate" -> Expressions.truncate(name, argument);
                case "year" -> Expressions.year(name);
                case "month" -> Expressions.month(name);
                case "day" -> Expressions.day(name);
                case "hour" -> Expressions.hour(name);
                default -> throw refused("Tables cannot be partitioned or sorted by %s".formatted(text()));
            };
        }
    }

    /**
     * What rows of one file are alike in.
     *
     * @param name of the partition field; Iceberg's own when absent
     */
    public record Partition(Transform transform, Optional<String> name) {}

    public record Sort(Transform transform, boolean descending, boolean nullsFirst) {}

    public boolean isPlain() {
        return partitioning.isEmpty() && order.isEmpty();
    }

    TableShape withoutVoid() {
        return new TableShape(
                partitioning.stream()
                        .filter(field -> !field.transform().transform().equals("void"))
                        .toList(),
                order);
    }

    /** The table's own. */
    public static TableShape of(Table table) {
        return of(table.schema(), table.spec(), table.sortOrder());
    }

    static TableShape of(TableMetadata metadata) {
        return of(metadata.schema(), metadata.spec(), metadata.sortOrder());
    }

    static TableShape of(Schema schema, PartitionSpec spec, SortOrder order) {
        return new TableShape(
                spec.fields().stream()
                        .map(field -> new Partition(
                                Transform.of(
                                        schema,
                                        field.sourceId(),
                                        field.transform().toString()),
                                Optional.of(field.name())))
                        .toList(),
                order.fields().stream().map(field -> sort(schema, field)).toList());
    }

    private static Sort sort(Schema schema, SortField field) {
        return new Sort(
                Transform.of(schema, field.sourceId(), field.transform().toString()),
                field.direction() == SortDirection.DESC,
                field.nullOrder() == NullOrder.NULLS_FIRST);
    }

    /**
     * The partitioning of a table with these columns; what partitions nothing is left out.
     *
     * @throws TarnException {@code INVALID_REQUEST} for columns that are not there, and transforms that do not fit them
     */
    PartitionSpec spec(Schema schema) {
        try {
            PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
            partitioning.stream()
                    .filter(field -> !field.transform().transform().equals("void"))
                    .forEach(field -> add(builder, schema, field));
            return builder.build();
        } catch (IllegalArgumentException | ValidationException e) {
            throw refused("The table cannot be partitioned so: " + e.getMessage(), e);
        }
    }

    private static void add(PartitionSpec.Builder builder, Schema schema, Partition field) {
        Transform transform = field.transform();
        String column = transform.column(schema);
        String name = field.name().orElseGet(() -> transform.usualName(column));
        switch (transform.transform()) {
            case "identity" -> builder.identity(column, name);
            case "bucket" -> builder.bucket(column, transform.argument(), name);
            case "truncate" -> builder.truncate(column, transform.argument(), name);
            case "year" -> builder.year(column, name);
            case "month" -> builder.month(column, name);
            case "day" -> builder.day(column, name);
            case "hour" -> builder.hour(column, name);
            default -> throw refused("Tables cannot be partitioned by %s".formatted(transform.text()));
        }
    }

    /** The order of a table with these columns; as {@link #spec}. */
    SortOrder sortOrder(Schema schema) {
        try {
            SortOrder.Builder builder = SortOrder.builderFor(schema);
            order.forEach(sort -> builder.sortBy(
                    sort.transform().term(schema),
                    sort.descending() ? SortDirection.DESC : SortDirection.ASC,
                    sort.nullsFirst() ? NullOrder.NULLS_FIRST : NullOrder.NULLS_LAST));
            return builder.build();
        } catch (IllegalArgumentException | ValidationException e) {
            throw refused("The table cannot be sorted so: " + e.getMessage(), e);
        }
    }

    private static TarnException refused(String message) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message);
    }

    private static TarnException refused(String message, Exception cause) {
        return new TarnException(ErrorCode.INVALID_REQUEST, message, cause);
    }
}
