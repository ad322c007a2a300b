package dev.tarn.catalog;

import java.util.Optional;

/**
 * A column as people see it.
 *
 * @param id Iceberg's field id, which a data file names its columns by
 * @param name exactly as it was made
 * @param type Tarn's type name, as {@link TypeNames} renders it
 * @param nullable whether a row may have no value
 * @param comment what the owner said about it
 */
public record Column(int id, String name, String type, boolean nullable, Optional<String> comment) {}
