package dev.tarn.catalog;

/** What a write does to the table that it names. */
public enum WriteMode {
    /** Makes the table, and its namespace when that is missing; fails when the table exists. */
    CREATE,
    /** Adds rows to the table. */
    APPEND,
    /** Replaces all rows of the table, and its columns when they differ; identity and history stay. */
    REPLACE,
    /** Replaces all rows of the table; its columns stay. */
    OVERWRITE,
    /** Changes and deletes rows of the table. */
    CHANGE,
    /** Changes and deletes rows of the table, and adds some. */
    MERGE,
    /** Writes rows of the table anew, as they are. */
    REWRITE
}
