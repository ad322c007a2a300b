package dev.tarn.catalog;

import dev.tarn.platform.ErrorCode;
import dev.tarn.platform.TarnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Reads a type from Tarn's words ({@code ARRAY<STRUCT<a: INT>>}) or DuckDB's ({@code STRUCT("a" INTEGER)[]}). */
final class TypeText {
    private static final int NESTING_LIMIT = 200;

    private final String text;
    private final IntSupplier fieldIds;
    private int at;
    private int depth;

    TypeText(String text, IntSupplier fieldIds) {
        this.text = text;
        this.fieldIds = fieldIds;
    }

    Type type() {
        Type type = one();
        blanks();
        if (at < text.length()) {
            throw wrong();
        }
        return type;
    }

    private Type one() {
        if (++depth > NESTING_LIMIT) {
            throw new TarnException(
                    ErrorCode.TYPE_ERROR, "The type is nested more than %d deep".formatted(NESTING_LIMIT));
        }
        // DuckDB writes a list behind its element, so the list's id is not known to be needed before.
        Type type = named(words());
        while (accept("[")) {
            expect("]");
            type = Types.ListType.ofOptional(fieldIds.getAsInt(), type);
        }
        depth--;
        return type;
    }

    private Type named(String name) {
        return switch (name) {
            case "BOOLEAN", "BOOL" -> Types.BooleanType.get();
            case "TINYINT", "SMALLINT", "INT", "INTEGER" -> Types.IntegerType.get();
            case "BIGINT", "LONG" -> Types.LongType.get();
            case "FLOAT", "REAL" -> Types.FloatType.get();
            case "DOUBLE", "DOUBLE PRECISION" -> Types.DoubleType.get();
            case "DECIMAL", "NUMERIC" -> decimal();
            case "STRING", "VARCHAR", "TEXT" -> Types.StringType.get();
            case "BINARY", "BLOB", "VARBINARY", "BYTEA" -> Types.BinaryType.get();
            case "DATE" -> Types.DateType.get();
            case "TIME" -> Types.TimeType.get();
            case "TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE", "DATETIME" -> Types.TimestampType.withoutZone();
            case "TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE" -> Types.TimestampType.withZone();
            case "UUID" -> Types.UUIDType.get();
            case "ARRAY" -> array();
            case "MAP" -> map();
            case "STRUCT" -> struct();
            default -> throw wrong();
        };
    }

    private Type decimal() {
        if (!accept("(")) {
            return Types.DecimalType.of(18, 3);
        }
        int precision = number();
        int scale = accept(",") ? number() : 0;
        expect(")");
        if (precision < 1 || precision > 38 || scale > precision) {
            throw wrong();
        }
        return Types.DecimalType.of(precision, scale);
    }

    private Type array() {
        expect("<");
        int id = fieldIds.getAsInt();
        Type element = one();
        expect(">");
        return Types.ListType.ofOptional(id, element);
    }

    private Type map() {
        String close = open();
        int keyId = fieldIds.getAsInt();
        int valueId = fieldIds.getAsInt();
        Type key = one();
        expect(",");
        Type value = one();
        expect(close);
        return Types.MapType.ofOptional(keyId, valueId, key, value);
    }

    private Type struct() {
        String close = open();
        List<Types.NestedField> fields = new ArrayList<>();
        do {
            int id = fieldIds.getAsInt();
            String name = fieldName();
            accept(":");
            fields.add(Types.NestedField.optional(id, name, one()));
        } while (accept(","));
        expect(close);
        return Types.StructType.of(fields);
    }

    private String open() {
        if (accept("<")) {
            return ">";
        }
        expect("(");
        return ")";
    }

    /** One or more words: {@code TIMESTAMP WITH TIME ZONE}. */
    private String words() {
        StringBuilder words = new StringBuilder();
        blanks();
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            words.append(words.isEmpty() ? "" : " ").append(word());
            blanks();
        }
        return words.toString().toUpperCase(Locale.ROOT);
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (start == at) {
            throw wrong();
        }
        return text.substring(start, at);
    }

    private String fieldName() {
        blanks();
        if (at >= text.length() || (text.charAt(at) != '"' && text.charAt(at) != '`')) {
            return word();
        }
        char quote = text.charAt(at++);
        StringBuilder name = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                name.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                name.append(quote);
                at++;
            } else {
                return name.toString();
            }
        }
        throw wrong();
    }

    private int number() {
        blanks();
        String digits = word();
        if (digits.length() > 2 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong();
        }
        return Integer.parseInt(digits);
    }

    private boolean accept(String token) {
        blanks();
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw wrong();
        }
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private TarnException wrong() {
        String shown = text.length() <= 80 ? text : text.substring(0, 60) + "...";
        return new TarnException(
                ErrorCode.TYPE_ERROR,
                "%s is not a type; types are BOOLEAN, INT, BIGINT, FLOAT, DOUBLE, DECIMAL(p,s), STRING, BINARY, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, ARRAY<T>, MAP<K, V> and STRUCT<a: T>"
                        .formatted(shown));
    }
}
