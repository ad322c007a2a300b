package dev.tarn.catalog;

import java.util.Optional;

/** One change of a table's columns. A part of a nested column is named with dots, as Iceberg writes it. */
public sealed interface SchemaEdit {

    /** The column, as it is called before the change. */
    String column();

    /** Adds a column behind the others; rows that are there have its default. {@code type} in Tarn's words or DuckDB's. */
    record Add(String column, String type, Optional<String> comment, boolean required, Optional<DefaultValue> missing)
            implements SchemaEdit {
        public Add(String column, String type, Optional<String> comment) {
            this(column, type, comment, false, Optional.empty());
        }
    }

    /** Takes a column away; its values stay in the files, and in older versions of the table. */
    record Drop(String column) implements SchemaEdit {}

    record Rename(String column, String name) implements SchemaEdit {}

    /** Gives a column a wider type, by Iceberg's rules: INT to BIGINT, FLOAT to DOUBLE, DECIMAL of more digits. */
    record Widen(String column, String type) implements SchemaEdit {}

    /** Lets a column be without a value. */
    record Relax(String column) implements SchemaEdit {}

    /** Takes the permission to be without a value away, where Iceberg's rules allow it. */
    record Require(String column) implements SchemaEdit {}

    /** What new rows have in a column where nothing is said; nothing when absent. */
    record Default(String column, Optional<DefaultValue> missing) implements SchemaEdit {}

    /** Says what a column or a part of one is; an empty text removes that. */
    record Comment(String column, String text) implements SchemaEdit {}

    /** Puts a column behind another, or first. */
    record Move(String column, Optional<String> after) implements SchemaEdit {}
}
