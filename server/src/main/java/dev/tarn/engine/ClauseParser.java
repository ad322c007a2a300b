package dev.tarn.engine;

import dev.tarn.catalog.DefaultValue;
import dev.tarn.catalog.TableShape;
import dev.tarn.catalog.TableShape.Sort;
import dev.tarn.catalog.TableShape.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Clauses that statements about tables share. */
final class ClauseParser {
    private final TokenCursor cursor;

    ClauseParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** Transforms in brackets: {@code (day(ts), bucket(4, id), region)}. */
    List<TableShape.Partition> partitioning() {
        List<TableShape.Partition> fields = new ArrayList<>();
        cursor.expect('(');
        do {
            fields.add(new TableShape.Partition(transform(), Optional.empty()));
        } while (cursor.accept(','));
        cursor.expect(')');
        return fields;
    }

    /** A column, or a transform of one in Spark's words; a number may stand on either side of its column. */
    Transform transform() {
        List<String> path = cursor.path("a column, or a transform as day(column)");
        if (path.size() > 1 || !cursor.accept('(')) {
            return new Transform(path, "identity", 0);
        }
        String transform = switch (path.getFirst().toLowerCase(Locale.ROOT)) {
            case "year", "years" -> "year";
            case "month", "months" -> "month";
            case "day", "days", "date" -> "day";
            case "hour", "hours", "date_hour" -> "hour";
            case "bucket" -> "bucket";
            case "truncate", "trunc" -> "truncate";
            case "identity" -> "identity";
            default ->
                throw cursor.wrongBehind(
                        "There is no transform %s; there are year, month, day, hour, bucket, truncate and identity"
                                .formatted(path.getFirst()));
        };
        boolean counted = transform.equals("bucket") || transform.equals("truncate");
        int argument = counted && cursor.seesNumber() ? number(transform) : 0;
        if (argument > 0) {
            cursor.expect(',');
        }
        List<String> column = cursor.path("the name of a column");
        if (counted && argument == 0) {
            cursor.expect(',');
            argument = number(transform);
        }
        cursor.expect(')');
        return new Transform(column, transform, argument);
    }

    private int number(String transform) {
        long number = cursor.number("a number");
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw cursor.wrongBehind("The number of %s must be from 1 to %d".formatted(transform, Integer.MAX_VALUE));
        }
        return (int) number;
    }

    /** {@code a DESC NULLS LAST, bucket(4, b)}, in brackets or without; NULLs are smallest unless it is said. */
    List<Sort> order() {
        boolean brackets = cursor.accept('(');
        List<Sort> order = new ArrayList<>();
        do {
            Transform transform = transform();
            boolean descending = cursor.accept("DESC");
            if (!descending) {
                cursor.accept("ASC");
            }
            boolean nullsFirst = !descending;
            if (cursor.accept("NULLS", "FIRST")) {
                nullsFirst = true;
            } else if (cursor.accept("NULLS", "LAST")) {
                nullsFirst = false;
            }
            order.add(new Sort(transform, descending, nullsFirst));
        } while (cursor.accept(','));
        if (brackets) {
            cursor.expect(')');
        }
        return order;
    }

    /** {@code ('a' = 'b', c.d = 5)}. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        cursor.expect('(');
        do {
            String key = propertyName();
            if (!cursor.accept('=')) {
                cursor.expect('=');
            }
            if (properties.put(key, cursor.constant("a value")) != null) {
                throw cursor.wrongBehind("The property %s is there twice".formatted(key));
            }
        } while (cursor.accept(','));
        cursor.expect(')');
        return properties;
    }

    List<String> propertyNames() {
        List<String> names = new ArrayList<>();
        cursor.expect('(');
        do {
            names.add(propertyName());
        } while (cursor.accept(','));
        cursor.expect(')');
        return names;
    }

    private String propertyName() {
        if (cursor.seesString()) {
            return cursor.string("the name of a property");
        }
        String name = String.join(".", cursor.path("the name of a property"));
        return name.equalsIgnoreCase("format_version") ? "format-version" : name;
    }

    /** A constant behind DEFAULT; absent for NULL. */
    Optional<DefaultValue> defaultValue() {
        if (cursor.accept("NULL")) {
            return Optional.empty();
        }
        boolean typed = cursor.accept("DATE")
                || cursor.accept("TIMESTAMPTZ")
                || cursor.accept("TIMESTAMP")
                || cursor.accept("TIME")
                || cursor.accept("UUID")
                || cursor.accept("X");
        if (typed || cursor.seesString()) {
            return Optional.of(new DefaultValue(cursor.string("a constant"), true));
        }
        return Optional.of(
                new DefaultValue(cursor.constant("a constant: a number, a text in quotes, TRUE or FALSE"), false));
    }
}
