package dev.tarn.engine;

/** What stands around a query when it runs. */
enum Framing {
    NONE("", ""),
    EXPLAIN("EXPLAIN ", ""),
    /** Only the columns are wanted; the line break ends a comment that the query may end in. */
    COLUMNS("FROM (", "\n) LIMIT 0");

    final String before;
    final String after;

    Framing(String before, String after) {
        this.before = before;
        this.after = after;
    }
}
