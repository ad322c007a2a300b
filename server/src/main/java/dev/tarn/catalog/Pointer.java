package dev.tarn.catalog;

/**
 * A row of the catalog: which metadata file a table or view is at.
 *
 * @param namespace levels joined by dots
 * @param location the metadata file
 */
record Pointer(String namespace, String name, Kind kind, String location) {
    /** What a pointer points to; the names are those of Iceberg's JDBC catalog. */
    enum Kind {
        TABLE,
        VIEW
    }
}
