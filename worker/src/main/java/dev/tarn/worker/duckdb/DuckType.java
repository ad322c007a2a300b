package dev.tarn.worker.duckdb;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A type as DuckDB writes it, taken apart as far as values have parts. */
public sealed interface DuckType {
    /** Any type without parts; of an enum or a union the members are only text here. */
    record Scalar(String text) implements DuckType {}

    /** A struct without a field is possible. */
    record Struct(List<Field> fields) implements DuckType {
        @Override
        public String text() {
            return fields.stream()
                    .map(field -> field.written() + ' ' + field.type().text())
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }
    }

    /** {@code brackets} are {@code []}, or {@code [3]} for lists of one length. */
    record ListOf(DuckType element, String brackets) implements DuckType {
        @Override
        public String text() {
            return element.text() + brackets;
        }
    }

    record MapOf(DuckType key, DuckType value) implements DuckType {
        @Override
        public String text() {
            return "MAP(" + key.text() + ", " + value.text() + ")";
        }
    }

    /** {@code written} is the name as it stands in the text, in quotes where it needs them. */
    record Field(String written, DuckType type) {
        public static Field of(String name, DuckType type) {
            return new Field(Sql.name(name), type);
        }

        public String name() {
            return written.startsWith("\"")
                    ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                    : written;
        }
    }

    String text();

    static DuckType of(String text) {
        return new DuckTypeText(text).whole();
    }

    default boolean isNested() {
        return !(this instanceof Scalar);
    }

    /** The same shape with other types at its ends; a struct without a field becomes text, which everybody can read. */
    default DuckType scalars(UnaryOperator<String> change) {
        return switch (this) {
            case Scalar scalar -> new Scalar(change.apply(scalar.text()));
            case Struct struct when struct.fields().isEmpty() -> new Scalar("VARCHAR");
            case Struct struct ->
                new Struct(struct.fields().stream()
                        .map(field -> new Field(field.written(), field.type().scalars(change)))
                        .toList());
            case ListOf list -> new ListOf(list.element().scalars(change), list.brackets());
            case MapOf map -> new MapOf(map.key().scalars(change), map.value().scalars(change));
        };
    }

    /** The field of that name: exactly, else the only one when case is ignored. */
    static Optional<Field> find(List<Field> fields, String name) {
        Optional<Field> exact =
                fields.stream().filter(field -> field.name().equals(name)).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<Field> alike = fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .toList();
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }
}
