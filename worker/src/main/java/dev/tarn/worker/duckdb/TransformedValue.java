package dev.tarn.worker.duckdb;

import dev.tarn.worker.duckdb.ParquetOutput.Column;
import dev.tarn.worker.protocol.Arrangement;
import dev.tarn.worker.protocol.Failure;
import java.util.List;
import java.util.Optional;

/**
 * A key of an {@link Arrangement} as SQL, in values exactly Iceberg's.
 *
 * @param value what rows are alike in and sorted by
 * @param told {@code value} of a column called {@code %s} as text, as {@link dev.tarn.worker.protocol.WrittenFile} has it
 */
record TransformedValue(String value, String told) {
    private static final String TEXT = "CAST(%s AS VARCHAR)";
    private static final String HEX = "hex(%s)";
    /** Decimals have all digits behind the point in text. */
    private static final String UNSCALED = "replace(CAST(%s AS VARCHAR), '.', '')";

    private static final String DAYS = "(%s - DATE '1970-01-01')";
    private static final String MICROS = "epoch_us(%s)";
    private static final String NANOS = "epoch_ns(%s)";
    private static final long HOUR_MICROS = 3_600_000_000L;

    /** {@code columns} are called {@code v0}, {@code v1}, ... in the SQL. */
    static TransformedValue of(Arrangement.Key key, List<Column> columns) throws TaskFailedException {
        if (key.transform().equals("void")) {
            return new TransformedValue("CAST(NULL AS INTEGER)", TEXT);
        }
        Source source = Source.of(key, columns);
        int bracket = key.transform().indexOf('[');
        String name = bracket < 0 ? key.transform() : key.transform().substring(0, bracket);
        String argument = bracket < 0
                ? ""
                : key.transform().substring(bracket + 1, key.transform().length() - 1);
        return switch (name) {
            case "identity" -> source.itself();
            case "bucket" -> number("(" + source.hash() + " & 2147483647) % " + argument);
            case "truncate" -> source.truncated(argument);
            case "year" -> number("year(" + source.moment(true) + ") - 1970");
            case "month" -> number("(year(%1$s) - 1970) * 12 + month(%1$s) - 1".formatted(source.moment(true)));
            case "day" -> number(DAYS.formatted("CAST(" + source.moment(true) + " AS DATE)"));
            case "hour" ->
                number("(%1$s - ((%1$s %% %2$d) + %2$d) %% %2$d) // %2$d"
                        .formatted(source.microsOfMoment(), HOUR_MICROS));
            default -> throw source.unfit();
        };
    }

    /** The type of the column that a key is of, as DuckDB calls it. */
    static String type(Arrangement.Key key, List<Column> columns) throws TaskFailedException {
        return Source.of(key, columns).type();
    }

    private static TransformedValue number(String sql) {
        return new TransformedValue(sql, TEXT);
    }

    private record Source(Arrangement.Key key, String sql, String type) {
        static Source of(Arrangement.Key key, List<Column> columns) throws TaskFailedException {
            String shown = String.join(".", key.column());
            int found = -1;
            for (int i = 0; i < columns.size(); i++) {
                if (!key.column().isEmpty()
                        && columns.get(i).name().equals(key.column().getFirst())) {
                    found = i;
                }
            }
            if (found < 0) {
                throw refused("The rows are put into files by column '" + shown + "', which they lack");
            }
            String sql = "v" + found;
            DuckType type = columns.get(found).type();
            for (String part : key.column().subList(1, key.column().size())) {
                Optional<DuckType.Field> field = type instanceof DuckType.Struct struct
                        ? DuckType.find(struct.fields(), part)
                        : Optional.empty();
                if (field.isEmpty()) {
                    throw refused("The rows are put into files by '" + shown + "', which they lack");
                }
                sql = "struct_extract(" + sql + ", " + Sql.text(field.get().name()) + ")";
                type = field.get().type();
            }
            return new Source(key, sql, type.text());
        }

        private String base() {
            int bracket = type.indexOf('(');
            return bracket < 0 ? type : type.substring(0, bracket);
        }

        TransformedValue itself() throws TaskFailedException {
            return new TransformedValue(
                    sql,
                    switch (base()) {
                        case "BOOLEAN", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "VARCHAR", "UUID" -> TEXT;
                        case "DECIMAL" -> UNSCALED;
                        case "BLOB" -> HEX;
                        case "DATE" -> TEXT.formatted(DAYS);
                        case "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> TEXT.formatted(MICROS);
                        case "TIMESTAMP_NS" -> TEXT.formatted(NANOS);
                        default -> throw unfit();
                    });
        }

        String hash() throws TaskFailedException {
            return switch (base()) {
                case "INTEGER", "BIGINT" -> hash(BucketHash.OF_NUMBER, "CAST(%s AS BIGINT)");
                case "DATE" -> hash(BucketHash.OF_NUMBER, DAYS);
                case "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS" ->
                    BucketHash.OF_NUMBER + "(" + micros() + ")";
                case "DECIMAL" -> hash(BucketHash.OF_UNSCALED, UNSCALED);
                case "VARCHAR" -> hash(BucketHash.OF_TEXT, "%s");
                case "BLOB" -> hash(BucketHash.OF_HEX, HEX);
                case "UUID" -> hash(BucketHash.OF_HEX, "replace(CAST(%s AS VARCHAR), '-', '')");
                default -> throw unfit();
            };
        }

        private String hash(String function, String argument) {
            return function + "(" + argument.formatted(sql) + ")";
        }

        /** The column, when it is one of dates, where those are wanted, or of moments. */
        String moment(boolean orDate) throws TaskFailedException {
            if (!base().startsWith("TIMESTAMP") && !(orDate && base().equals("DATE"))) {
                throw unfit();
            }
            return sql;
        }

        String microsOfMoment() throws TaskFailedException {
            moment(false);
            return micros();
        }

        /** Nanoseconds are cut off towards the past. */
        String micros() {
            return base().equals("TIMESTAMP_NS")
                    ? "((%1$s - ((%1$s %% 1000) + 1000) %% 1000) // 1000)".formatted(NANOS.formatted(sql))
                    : MICROS.formatted(sql);
        }

        TransformedValue truncated(String width) throws TaskFailedException {
            return switch (base()) {
                case "INTEGER" -> number(wrapped(floor("CAST(" + sql + " AS BIGINT)", width), 32));
                case "BIGINT" -> number(wrapped(floor("CAST(" + sql + " AS HUGEINT)", width), 64));
                case "DECIMAL" -> number(floor("CAST(" + UNSCALED.formatted(sql) + " AS HUGEINT)", width));
                case "VARCHAR" -> new TransformedValue("substring(" + sql + ", 1, " + width + ")", "%s");
                case "BLOB" ->
                    new TransformedValue("unhex(substring(hex(" + sql + "), 1, 2 * " + width + "::BIGINT))", HEX);
                default -> throw unfit();
            };
        }

        private static String floor(String value, String width) {
            return "(%1$s - ((%1$s %% %2$s) + %2$s) %% %2$s)".formatted(value, width);
        }

        /** Java's numbers begin at the top again below the smallest. */
        private static String wrapped(String value, int bits) {
            String smallest = "(-(1::HUGEINT << " + (bits - 1) + "))";
            return "CASE WHEN %1$s < %2$s THEN %1$s + (1::HUGEINT << %3$d) ELSE %1$s END"
                    .formatted(value, smallest, bits);
        }

        TaskFailedException unfit() {
            return refused("Rows cannot be put into files by " + key.transform() + " of column '"
                    + String.join(".", key.column()) + "', which is of type " + type);
        }
    }

    private static TaskFailedException refused(String message) {
        return new TaskFailedException(Failure.of(Failure.Kind.BINDING, message));
    }
}
