package dev.tarn.worker.load;

import dev.tarn.worker.duckdb.DuckType;
import dev.tarn.worker.duckdb.DuckType.Field;
import dev.tarn.worker.duckdb.DuckType.ListOf;
import dev.tarn.worker.duckdb.DuckType.MapOf;
import dev.tarn.worker.duckdb.DuckType.Scalar;
import dev.tarn.worker.duckdb.DuckType.Struct;
import dev.tarn.worker.duckdb.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The type that a table's column gets from values of another type: its own, or a wider one by Iceberg's rules. */
final class Fitting {
    private final boolean newFields;

    Fitting(boolean newFields) {
        this.newFields = newFields;
    }

    DuckType of(String path, DuckType own, DuckType values) throws TaskFailedException {
        if (own.equals(values)) {
            return own;
        }
        if (own instanceof Scalar column && values instanceof Scalar value) {
            return !isLossless(value.text(), column.text()) && isWidening(column.text(), value.text()) ? value : own;
        }
        if (own instanceof Struct column && values instanceof Struct value) {
            return struct(path, column, value);
        }
        if (own instanceof ListOf column && values instanceof ListOf value) {
            return new ListOf(of(path + ".element", column.element(), value.element()), "[]");
        }
        if (own instanceof MapOf column && values instanceof MapOf value) {
            return new MapOf(
                    of(path + ".key", column.key(), value.key()), of(path + ".value", column.value(), value.value()));
        }
        if (own.text().equals("VARCHAR")) {
            return own;
        }
        throw Faults.file("Column '" + path + "' holds values of type " + values.text() + ", which cannot become "
                + own.text() + " as the table has it");
    }

    private Struct struct(String path, Struct own, Struct values) throws TaskFailedException {
        List<Field> fields = new ArrayList<>();
        for (Field field : own.fields()) {
            Optional<Field> value = DuckType.find(values.fields(), field.name());
            fields.add(
                    value.isEmpty()
                            ? field
                            : new Field(
                                    field.written(),
                                    of(
                                            path + "." + field.name(),
                                            field.type(),
                                            value.get().type())));
        }
        for (Field field : values.fields()) {
            if (DuckType.find(own.fields(), field.name()).isPresent()) {
                continue;
            }
            if (!newFields) {
                throw Faults.file("Column '" + path + "' of the table has no field '" + field.name()
                        + "', which the files have; new ones are added only when asked for");
            }
            fields.add(field);
        }
        return new Struct(fields);
    }

    /** Whether a table's column may become of the wider type: the promotions that Iceberg knows. */
    static boolean isWidening(String narrow, String wide) {
        if (narrow.startsWith("DECIMAL") && wide.startsWith("DECIMAL")) {
            return digits(wide)[1] == digits(narrow)[1] && digits(wide)[0] > digits(narrow)[0];
        }
        return (narrow.equals("INTEGER") && wide.equals("BIGINT")) || (narrow.equals("FLOAT") && wide.equals("DOUBLE"));
    }

    /** Whether every value of one type is one of the other, and looks alike there. */
    static boolean isLossless(String from, String to) {
        if (from.equals(to) || to.equals("VARCHAR")) {
            return true;
        }
        int integer = integerDigits(from);
        if (integer > 0) {
            return holdsIntegers(to, integer);
        }
        if (from.startsWith("DECIMAL") && to.startsWith("DECIMAL")) {
            int[] narrow = digits(from);
            int[] wide = digits(to);
            return wide[1] >= narrow[1] && wide[0] - wide[1] >= narrow[0] - narrow[1];
        }
        return (from.equals("FLOAT") && to.equals("DOUBLE"))
                || (from.equals("DATE") && to.startsWith("TIMESTAMP"))
                || (from.equals("TIMESTAMP") && to.equals("TIMESTAMP WITH TIME ZONE"))
                || (from.startsWith("TIMESTAMP_") && to.startsWith("TIMESTAMP"));
    }

    private static boolean holdsIntegers(String type, int digits) {
        if (type.startsWith("DECIMAL")) {
            return digits(type)[0] - digits(type)[1] >= digits;
        }
        return type.equals("DOUBLE") ? digits <= 10 : !type.startsWith("U") && integerDigits(type) > digits;
    }

    /** The most digits that a value of an integer type has; 0 for other types. */
    private static int integerDigits(String type) {
        return switch (type) {
            case "TINYINT", "UTINYINT" -> 3;
            case "SMALLINT", "USMALLINT" -> 5;
            case "INTEGER", "UINTEGER" -> 10;
            case "BIGINT" -> 19;
            case "UBIGINT" -> 20;
            default -> 0;
        };
    }

    static int[] digits(String decimal) {
        String inner = decimal.substring(decimal.indexOf('(') + 1, decimal.indexOf(')'));
        int comma = inner.indexOf(',');
        return new int[] {
            Integer.parseInt(inner.substring(0, comma).strip()),
            Integer.parseInt(inner.substring(comma + 1).strip())
        };
    }
}
