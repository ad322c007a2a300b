package dev.tarn.sql;

/** What is done with a statement. */
enum StatementKind {
    RUN("run"),
    EXPORT("export"),
    EXPLAIN("explain");

    private final String verb;

    StatementKind(String verb) {
        this.verb = verb;
    }

    /** The audit trail's word for it. */
    String verb() {
        return verb;
    }

    /** Whether it reads rows; then it is in the history, metered, and within the tenant's allowance. */
    boolean reads() {
        return this != EXPLAIN;
    }
}
