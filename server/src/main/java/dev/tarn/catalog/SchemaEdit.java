package dev.tarn.catalog;

import java.util.Optional;

/** One change of a table's columns. A part of a nested column is named with dots, as Iceberg writes it. */
public sealed interface SchemaEdit {

    /** The column, as it is called before the change. */
    String column();

    /** Adds a column behind the others; rows that are there have no value in it. {@code type} in Tarn's words or DuckDB's. */
    record Add(String column, String type, Optional<String> comment) implements SchemaEdit {}

    /** Takes a column away; its values stay in the files, and in older versions of the table. */
    record Drop(String column) implements SchemaEdit {}

    record Rename(String column, String name) implements SchemaEdit {}

    /** Gives a column a wider type, by Iceberg's rules: INT to BIGINT, FLOAT to DOUBLE, DECIMAL of more digits. */
    record Widen(String column, String type) implements SchemaEdit {}

    /** Lets a column be without a value. */
    record Relax(String column) implements SchemaEdit {}

    /** Puts a column behind another, or first. */
    record Move(String column, Optional<String> after) implements SchemaEdit {}
}
